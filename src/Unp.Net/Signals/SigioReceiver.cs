using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using Unp.Net.Abi.Linux;
using static Unp.Net.Libc;

namespace Unp.Net;

/// <summary>How SIGIO and SIGURG come to the thread of a <see cref="SignalDrivenIO"/>.</summary>
abstract class SigioReceiver : IDisposable
{
    /// <summary>How many descriptors a wait tells at the most.</summary>
    internal const int Most = 64;

    internal long SignalCount { get; private protected set; }

    internal long OverflowCount { get; private protected set; }

    /// <summary>Called once, in the thread that will wait.</summary>
    internal abstract void Start();

    /// <summary>Makes the signals of a descriptor come here.</summary>
    internal abstract void Own(SafeHandle fd);

    /// <summary>Waits for signals.</summary>
    /// <param name="ready">Gets the descriptors that the signals told of, or for urgent data their complement; <see cref="Most"/> long.</param>
    /// <param name="all">Whether any of the descriptors may be ready or have urgent data, not these only.</param>
    /// <returns>How many descriptors there are.</returns>
    internal abstract int Wait(Span<int> ready, out bool all);

    /// <summary>Makes a wait tell of all, as SIGIO does. Any thread may call it.</summary>
    internal abstract void WakeAll();

    public abstract void Dispose();
}

/// <summary>Linux: all signals go to the one thread, which has them blocked, and reads them.</summary>
[SupportedOSPlatform("linux")]
sealed class ThreadSigioReceiver : SigioReceiver
{
    // One that neither the runtime nor the C libraries use. Blocked here, and sent here only, it is in nobody's way.
    static readonly int Realtime = SIGRTMAX - 1;

    readonly signalfd_siginfo[] signals = new signalfd_siginfo[Most];
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
            throw new UnpException(Errno.Last, "fcntl");
    }

    internal override int Wait(Span<int> ready, out bool all)
    {
        all = false;
        int count = 0;
        int n = Libunp.Signalfd_read(signalfd!, signals);
        foreach (ref readonly signalfd_siginfo signal in signals.AsSpan(0, n))
        {
            // SIGURG does not tell its descriptor, but the real-time signal does, which is sent beside it.
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

    internal override void WakeAll() => _ = tgkill(getpid(), tid, SIGIO); // never lost: it needs no place in the queue

    public override void Dispose() => signalfd?.Dispose();
}

/// <summary>Everywhere: the signals go to the process, and .NET's handlers wake the threads of all receivers.</summary>
/// <remarks>
/// The handlers are registered once and for ever. A signal that is on its way when the last descriptor is let go would else find its default action, and
/// SIGIO's, on Linux, ends the process.
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
            handlers ??= [Libunp.Signal(SIGIO, _ => TellAll()), Libunp.Signal(SIGURG, _ => TellAll())];
            Receivers.Add(this);
        }
    }

    internal override void Own(SafeHandle fd) => Libunp.Fcntl(fd, F_SETOWN, getpid());

    internal override int Wait(Span<int> ready, out bool all)
    {
        wakeup.Wait();
        while (wakeup.Wait(0))
        {
            // Those that came so far are one reading.
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

    static void TellAll()
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
