using System.Runtime.InteropServices;
using Unp.Net.Abi;
using static Unp.Net.Libc;

namespace Unp.Net;

/// <summary>
/// Signal-driven I/O (UNP chapter 25). The kernel sends SIGIO and SIGURG of the descriptors, and their handlers run on one thread of this
/// object.
/// </summary>
/// <remarks>
/// <para>On Linux the kernel sends the signals to that thread only, by F_SETOWN_EX with F_OWNER_TID. The thread blocks them and reads them
/// from a signalfd. F_SETSIG selects a real-time signal, which is queued and names its descriptor. If the queue is full
/// (RLIMIT_SIGPENDING), the kernel sends SIGIO instead, which names none, so all handlers are called.</para>
/// <para>On other systems the process receives the signals through <see cref="Libunp.Signal(int, Action{int})"/>, and all handlers are
/// called each time.</para>
/// <para>The handler of urgent data is called first. C's handler interrupts the reading of data, but this one cannot. A running read may
/// pass the mark and discard the urgent byte, although the handler is called. If the byte matters, set SO_OOBINLINE and stop reading at the
/// mark.</para>
/// <para>A signal means that an event has happened, not how much data there is or whether it is still there. So a handler reads until
/// EAGAIN (UNP 25.3), and sometimes finds nothing. Handlers of one object never run at the same time, and none runs after its registration
/// is disposed. An exception of a handler ends the process.</para>
/// </remarks>
public sealed class SignalDrivenIO : IDisposable
{
    readonly Lock gate = new();
    readonly Dictionary<int, Watched> watched = [];
    readonly SigioReceiver receiver;
    readonly Thread thread;
    volatile bool isDisposed;
    int round;

    /// <summary>Creates the object and starts its thread.</summary>
    /// <exception cref="UnpException">EMFILE, ENFILE, ENOMEM.</exception>
    public SignalDrivenIO()
        : this(Target.IsLinux)
    {
    }

    internal SignalDrivenIO(bool toThread)
    {
        receiver = toThread && Target.IsLinux ? new ThreadSigioReceiver() : new ProcessSigioReceiver();
        thread = StartedThread.Start(nameof(SignalDrivenIO), receiver.Start, Run);
    }

    /// <summary>Gets the number of signals received. The kernel does not report signals that were merged into one.</summary>
    public long SignalCount => receiver.SignalCount;

    /// <summary>Gets how often the signal queue was full, so that all handlers were called. Linux only.</summary>
    public long OverflowCount => receiver.OverflowCount;

    /// <summary>
    /// Watches a descriptor: makes it non-blocking and signal-driven, and directs its signals to this object (UNP 24.2, 25.2).
    /// </summary>
    /// <param name="fd">
    /// A socket, terminal or pipe. Chapter 25 recommends listening and UDP sockets. It must stay open until the result is disposed.
    /// </param>
    /// <param name="ready">
    /// The handler of SIGIO. It reads (or writes, or accepts) until EAGAIN. It is also called once at the start, on the thread of this
    /// object, because earlier events sent no signal.
    /// </param>
    /// <param name="urgent">
    /// The handler of SIGURG: out-of-band data has arrived or is announced. It may find no data. If it is null, such data is not read.
    /// </param>
    /// <returns>
    /// The registration. Disposing it stops the signals and resets O_ASYNC and the owner; O_NONBLOCK stays set.
    /// </returns>
    /// <exception cref="UnpException">
    /// EINVAL, ENOTTY: the descriptor does not support signals (a file, an eventfd, a timerfd); EBADF. The descriptor is not changed.
    /// </exception>
    /// <exception cref="InvalidOperationException">The descriptor is already watched.</exception>
    public IDisposable Add(SafeHandle fd, Action<SafeHandle> ready, Action<SafeHandle>? urgent = null)
    {
        Libunp.Check(fd);
        ArgumentNullException.ThrowIfNull(ready);
        int number = (int)fd.DangerousGetHandle();
        var added = new Watched(this, fd, number, ready, urgent);
        lock (gate)
        {
            ObjectDisposedException.ThrowIf(isDisposed, this);
            if (!watched.TryAdd(number, added))
                throw new InvalidOperationException($"fd {number} is already watched. Dispose its registration first.");
            try
            {
                fd.DangerousAddRef(ref added.IsHeld);
                receiver.Own(fd);
                SetSignalDriven(fd);
            }
            catch
            {
                added.Dispose();
                throw;
            }
            receiver.WakeAll(); // events before this call sent no signal
        }
        return added;
    }

    /// <summary>
    /// Sets O_ASYNC, and checks it afterwards: Linux accepts it for any descriptor, but drops it if the descriptor never sends signals.
    /// </summary>
    static void SetSignalDriven(SafeHandle fd)
    {
        int before = Libunp.Fcntl(fd, F_GETFL);
        Libunp.Fcntl(fd, F_SETFL, before | O_NONBLOCK | O_ASYNC);
        if ((Libunp.Fcntl(fd, F_GETFL) & O_ASYNC) != 0)
            return;
        Libunp.Fcntl(fd, F_SETFL, before);
        throw new UnpException(Errno.EINVAL, "fcntl", $"{fd} does not support signals: O_ASYNC");
    }

    /// <summary>
    /// Stops watching all descriptors, which stay open, and ends the thread. A handler may call it, and is then the last handler to run.
    /// </summary>
    public void Dispose()
    {
        lock (gate)
        {
            if (isDisposed)
                return;
            foreach (Watched each in watched.Values.ToArray())
                each.Dispose();

            // Wake the thread before isDisposed is set: otherwise the thread could end first, and another thread could get its number.
            receiver.WakeAll();
            isDisposed = true;
        }
        if (thread != Thread.CurrentThread)
            thread.Join();
    }

    void Run()
    {
        Span<int> ready = stackalloc int[SigioReceiver.MaxReady];
        while (!isDisposed)
        {
            int n = receiver.Wait(ready, out bool all);
            lock (gate)
            {
                round++;
                if (all)
                    CallAll();
                else
                    Call(ready[..n]);
            }
        }
        receiver.Dispose();
    }

    /// <summary>Calls the handlers of the reported descriptors. Several SIGIO of one descriptor call its handler once.</summary>
    void Call(ReadOnlySpan<int> numbers)
    {
        // A number may be missing in the table, because its registration was disposed after the signal was sent.
        foreach (int number in numbers)
        {
            if (number < 0 && watched.TryGetValue(~number, out Watched? one))
                one.Urgent?.Invoke(one.Descriptor);
        }
        foreach (int number in numbers)
        {
            if (watched.TryGetValue(number, out Watched? one) && one.Round != round)
            {
                one.Round = round;
                one.Ready(one.Descriptor);
            }
        }
    }

    void CallAll()
    {
        foreach (Watched one in watched.Values.ToArray())
        {
            if (!one.IsDisposed)
                one.Urgent?.Invoke(one.Descriptor);
            if (!one.IsDisposed)
                one.Ready(one.Descriptor);
        }
    }

    sealed class Watched(SignalDrivenIO owner, SafeHandle descriptor, int number, Action<SafeHandle> ready, Action<SafeHandle>? urgent)
        : IDisposable
    {
        public bool IsHeld;

        public SafeHandle Descriptor => descriptor;

        public Action<SafeHandle> Ready => ready;

        public Action<SafeHandle>? Urgent => urgent;

        public bool IsDisposed { get; private set; }

        public int Round { get; set; }

        public void Dispose()
        {
            lock (owner.gate)
            {
                if (IsDisposed)
                    return;
                IsDisposed = true;
                owner.watched.Remove(number);
                if (!IsHeld)
                    return;

                // By number, because the handle may already be marked closed. The descriptor itself stays open until DangerousRelease.
                _ = fcntl(number, F_SETFL, fcntl(number, F_GETFL) & ~O_ASYNC);
                _ = fcntl(number, F_SETOWN, 0);
                if (Target.IsLinux)
                    _ = fcntl(number, F_SETSIG, 0);
                descriptor.DangerousRelease();
            }
        }
    }
}
