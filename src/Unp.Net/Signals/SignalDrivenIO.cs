using System.Runtime.InteropServices;
using static Unp.Net.Libc;

namespace Unp.Net;

/// <summary>
/// Signal-driven I/O (chapter 25): SIGIO and SIGURG of descriptors, really sent by the kernel, and a handler for each that runs on one thread of this
/// object.
/// </summary>
/// <remarks>
/// <para>On Linux the signals are sent to that thread alone, which blocks them and reads them from a signalfd: F_SETOWN_EX with F_OWNER_TID, and
/// F_SETSIG with a real-time signal, which is queued and tells its descriptor. When the queue is full (RLIMIT_SIGPENDING) the kernel sends SIGIO in
/// its place, which tells nothing; then all handlers are called. Elsewhere the signals go to the process and its
/// <see cref="Libunp.Signal(int, Action{int})"/>, and all handlers are called each time.</para>
/// <para>The handler of urgent data comes first. But C's interrupts the reading of the data, and ours can't: a reading that is going on may pass the
/// mark, and then the byte is gone, though the handler is called. Where the byte matters set SO_OOBINLINE, and have the reading stop at the
/// mark.</para>
/// <para>A signal means that something has happened, not how much or that it still is there: a handler reads until EAGAIN, as in section 25.3, and
/// finds nothing at times. It runs with no other of this object at the same time, and not after its registration is disposed. What it throws ends the
/// program.</para>
/// </remarks>
public sealed class SignalDrivenIO : IDisposable
{
    readonly Lock gate = new();
    readonly Dictionary<int, Watched> watched = [];
    readonly SigioReceiver receiver;
    readonly Thread thread;
    volatile bool isDisposed;
    int round;

    /// <summary>Starts the thread.</summary>
    /// <exception cref="UnpException">EMFILE, ENFILE, ENOMEM.</exception>
    public SignalDrivenIO()
        : this(OperatingSystem.IsLinux())
    {
    }

    internal SignalDrivenIO(bool toThread)
    {
        receiver = toThread && OperatingSystem.IsLinux() ? new ThreadSigioReceiver() : new ProcessSigioReceiver();
        using var started = new ManualResetEventSlim();
        Exception? failure = null;
        thread = new Thread(() =>
        {
            try
            {
                receiver.Start();
            }
            catch (UnpException e)
            {
                failure = e;
            }
            started.Set();
            if (failure is null)
                Run();
        })
        { IsBackground = true, Name = nameof(SignalDrivenIO) };
        thread.Start();
        started.Wait();
        if (failure is not null)
            throw failure;
    }

    /// <summary>How many signals have come; of those that were merged into one the kernel tells nothing.</summary>
    public long SignalCount => receiver.SignalCount;

    /// <summary>How often the queue of signals was full, so that all handlers were called. Linux only.</summary>
    public long OverflowCount => receiver.OverflowCount;

    /// <summary>Watches a descriptor: makes it non-blocking and signal-driven, and this object its owner (sections 25.2, 24.2).</summary>
    /// <param name="fd">
    /// A socket, terminal or pipe; a listening or UDP socket is what chapter 25 recommends. It stays open at least until the result is disposed.
    /// </param>
    /// <param name="ready">
    /// SIGIO: reads (or writes, or accepts) until EAGAIN. It is called once from the start, for what came before, on the thread of this object.
    /// </param>
    /// <param name="urgent">SIGURG: out-of-band data has come, or is announced; it may find none. Null leaves such data alone.</param>
    /// <returns>The registration: when disposed, the signals stop, and O_ASYNC and the owner are as if never set; O_NONBLOCK stays.</returns>
    /// <exception cref="UnpException">EINVAL, ENOTTY: the descriptor cannot do it (a file, an eventfd, a timerfd); EBADF. It is left as it was.</exception>
    /// <exception cref="InvalidOperationException">It is watched already.</exception>
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
                throw new InvalidOperationException($"fd {number} is watched already.");
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
            receiver.WakeAll(); // for what came before
        }
        return added;
    }

    /// <summary>Linux takes O_ASYNC for any descriptor, and forgets it where no signal would ever come.</summary>
    static void SetSignalDriven(SafeHandle fd)
    {
        int before = Libunp.Fcntl(fd, F_GETFL);
        Libunp.Fcntl(fd, F_SETFL, before | O_NONBLOCK | O_ASYNC);
        if ((Libunp.Fcntl(fd, F_GETFL) & O_ASYNC) != 0)
            return;
        Libunp.Fcntl(fd, F_SETFL, before);
        throw new UnpException(Errno.EINVAL, "fcntl", $"{fd} sends no signals: O_ASYNC");
    }

    /// <summary>Ends the watching of all descriptors, which stay open, and the thread. A handler may call it, which is the last one then.</summary>
    public void Dispose()
    {
        lock (gate)
        {
            if (isDisposed)
                return;
            foreach (Watched each in watched.Values.ToArray())
                each.Dispose();

            // In this order: the thread, whose number another could get, does not end before it was sent the signal.
            receiver.WakeAll();
            isDisposed = true;
        }
        if (thread != Thread.CurrentThread)
            thread.Join();
    }

    void Run()
    {
        Span<int> ready = stackalloc int[SigioReceiver.Most];
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

    /// <summary>Calls the handlers of these descriptors, once each: a burst of signals is one reading.</summary>
    void Call(ReadOnlySpan<int> numbers)
    {
        // One that is not there any more had its signals on the way when it was disposed.
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

    sealed class Watched(SignalDrivenIO owner, SafeHandle descriptor, int number, Action<SafeHandle> ready, Action<SafeHandle>? urgent) : IDisposable
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

                // By number, as the handle may say that it is closed: it is not before it is let go here.
                _ = fcntl(number, F_SETFL, fcntl(number, F_GETFL) & ~O_ASYNC);
                _ = fcntl(number, F_SETOWN, 0);
                if (OperatingSystem.IsLinux())
                    _ = fcntl(number, F_SETSIG, 0);
                descriptor.DangerousRelease();
            }
        }
    }
}
