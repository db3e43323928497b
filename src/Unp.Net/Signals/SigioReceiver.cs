using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using Unp.Net.Abi.Linux;
using static Unp.Net.Libc;

namespace Unp.Net;

/// <summary>The delivery of SIGIO and SIGURG to the thread of a <see cref="SignalDrivenIO"/>.</summary>
abstract class SigioReceiver : IDisposable
{
    /// <summary>The maximum number of descriptors that one wait reports.</summary>
    internal const int MaxReady = 64;

    internal long SignalCount { get; private protected set; }

    internal long OverflowCount { get; private protected set; }

    /// <summary>Prepares to wait. It is called once, on the thread that will wait.</summary>
    internal abstract void Start();

    /// <summary>Directs the signals of a descriptor to this receiver.</summary>
    internal abstract void Own(SafeHandle fd);

    /// <summary>Waits for signals.</summary>
    /// <param name="ready">
    /// A buffer of <see cref="MaxReady"/> numbers. It receives the descriptors with SIGIO, and the complement (~) of descriptors with
    /// urgent data.
    /// </param>
    /// <param name="all">Whether any descriptor may be ready or have urgent data, not only the reported ones.</param>
    /// <returns>The number of reported descriptors.</returns>
    internal abstract int Wait(Span<int> ready, out bool all);

    /// <summary>Makes a wait report all descriptors, as SIGIO does. Any thread may call it.</summary>
    internal abstract void WakeAll();

    public abstract void Dispose();
}

/// <summary>The receiver of Linux: the kernel sends all signals to one thread, which blocks them and reads them from a signalfd.</summary>
[SupportedOSPlatform("linux")]
sealed class ThreadSigioReceiver : SigioReceiver
{
    // A signal that neither the runtime nor the C library uses. Only this thread blocks and receives it, so it disturbs no other code.
    static readonly int Realtime = SIGRTMAX - 1;

    readonly signalfd_siginfo[] signals = new signalfd_siginfo[MaxReady];
    Fd? signalfd;
    int tid;

    internal override void Start()
    {
        SigSet set = SigSet.Of(Realtime, SIGIO, SIGURG);
        signalfd = Libunp.Signalfd(set);
        Libunp.Sigprocmask(SIG_BLOCK, set);
        tid = gettid();
    }

    internal override unsafe void Own(SafeHandle fd)
    {
        var owner = new f_owner_ex(F_OWNER_TID, tid);
        if (fcntl(fd, F_SETOWN_EX, (nint)(&owner)) < 0 || fcntl(fd, F_SETSIG, Realtime) < 0)
            throw Libunp.Failed("fcntl", fd);
    }

    internal override int Wait(Span<int> ready, out bool all)
    {
        all = false;
        int count = 0;
        int n = Libunp.ReadSignalfd(signalfd!, signals);
        foreach (ref readonly signalfd_siginfo signal in signals.AsSpan(0, n))
        {
            // SIGURG does not name its descriptor, but the real-time signal that is sent in addition does.
            if (signal.ssi_signo == Realtime)
                ready[count++] = signal.ssi_code == POLL_PRI ? ~signal.ssi_fd : signal.ssi_fd;
            else if (signal.ssi_signo == SIGIO)
                all = true;
            if (signal.ssi_signo == SIGIO && signal.ssi_code != SI_TKILL)
                OverflowCount++;
            if (signal.ssi_code != SI_TKILL)
                SignalCount++;
        }
        return count;
    }

    internal override void WakeAll() => _ = tgkill(getpid(), tid, SIGIO); // never lost, because a standard signal needs no queue entry

    public override void Dispose() => signalfd?.Dispose();
}

/// <summary>The receiver for every system: the signals go to the process, and .NET's handlers wake the threads of all receivers.</summary>
/// <remarks>
/// The handlers are never removed. A signal that arrives after the last descriptor was released would otherwise have its default action,
/// and on Linux SIGIO would end the process.
/// </remarks>
sealed class ProcessSigioReceiver : SigioReceiver
{
    static readonly List<ProcessSigioReceiver> Receivers = [];
    static IDisposable[]? handlers;

    readonly SemaphoreSlim wakeup = new(0);
    long count;

    internal override void Start()
    {
        lock (Receivers)
        {
            handlers ??= [Libunp.Signal(SIGIO, _ => WakeReceivers()), Libunp.Signal(SIGURG, _ => WakeReceivers())];
            Receivers.Add(this);
        }
    }

    internal override void Own(SafeHandle fd) => Libunp.Fcntl(fd, F_SETOWN, getpid());

    internal override int Wait(Span<int> ready, out bool all)
    {
        wakeup.Wait();
        while (wakeup.Wait(0))
        {
            // Signals that have arrived so far are handled together.
        }
        SignalCount = Interlocked.Read(ref count);
        all = true;
        return 0;
    }

    internal override void WakeAll() => wakeup.Release();

    public override void Dispose()
    {
        lock (Receivers)
            Receivers.Remove(this);
    }

    static void WakeReceivers()
    {
        lock (Receivers)
        {
            foreach (ProcessSigioReceiver each in Receivers)
            {
                Interlocked.Increment(ref each.count);
                each.wakeup.Release();
            }
        }
    }
}
