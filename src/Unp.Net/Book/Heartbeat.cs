using System.Runtime.InteropServices;
using Unp.Net.Abi;
using static Unp.Net.Libc;

namespace Unp.Net;

/// <summary>
/// One end of the out-of-band heartbeat (figures 24.14 and 24.15), created by <see cref="Libunp.Heartbeat_cli"/> or
/// <see cref="Libunp.Heartbeat_serv"/>.
/// </summary>
/// <remarks>
/// <para>The client sends a byte of out-of-band data in every interval, and the server sends it back. Each end counts the intervals in
/// which nothing arrived.</para>
/// <para>C does this in the handlers of SIGURG and SIGALRM, and ends the program when the peer is silent. Here a thread waits for the data
/// and for the clock. It shuts a silent peer's connection down, so a blocked read returns end of file, or calls the program's callback
/// instead.</para>
/// <para>A read that is blocked on the connection may consume the byte before the thread receives it. On Linux the thread therefore counts
/// SIGURG, which the kernel sends for every heartbeat: it owns the socket (F_SETOWN_EX) and reads the signal from a signalfd. On other
/// systems it waits for POLLPRI.</para>
/// <para>A program that uses out-of-band data itself, or has set SO_OOBINLINE, cannot have a heartbeat.</para>
/// </remarks>
public sealed class Heartbeat : IDisposable
{
    readonly SafeHandle fd;
    readonly TimeSpan interval;
    readonly int maxMissed;
    readonly bool isClient;
    readonly Action? silent;
    readonly signalfd_siginfo[] signals = new signalfd_siginfo[1];
    readonly WakeDescriptor stop = new();
    readonly Thread thread;
    Fd? sigurg;
    volatile bool isDisposed;
    volatile bool isSilent;
    long received;

    internal Heartbeat(SafeHandle fd, TimeSpan interval, int maxMissed, bool isClient, Action? silent)
    {
        this.fd = fd;
        this.interval = interval;
        this.maxMissed = maxMissed;
        this.isClient = isClient;
        this.silent = silent;
        try
        {
            thread = StartedThread.Start(nameof(Heartbeat), ReceiveSignals, Run);
        }
        catch
        {
            stop.Dispose();
            sigurg?.Dispose();
            throw;
        }
    }

    /// <summary>Gets whether the peer was silent for too long. The heartbeat has then stopped.</summary>
    public bool IsPeerSilent => isSilent;

    /// <summary>Gets the number of heartbeats received from the peer.</summary>
    public long ReceivedCount => Volatile.Read(ref received);

    /// <summary>Stops the heartbeat and leaves the connection open. The peer will then consider this end silent.</summary>
    /// <remarks>
    /// Dispose the heartbeat before the connection, as two <c>using</c> declarations do in their usual order. Otherwise the thread may keep
    /// the descriptor open for up to one interval.
    /// </remarks>
    public void Dispose()
    {
        if (isDisposed)
            return;
        isDisposed = true;
        stop.Set();
        if (thread != Thread.CurrentThread)
            thread.Join();
        stop.Dispose();
        sigurg?.Dispose();
    }

    /// <summary>Makes the current thread the receiver of the socket's SIGURG.</summary>
    unsafe void ReceiveSignals()
    {
        if (!Target.IsLinux)
            return;
        SigSet set = SigSet.Of(SIGURG);
        sigurg = Libunp.Signalfd(set, SFD_NONBLOCK);
        Libunp.Sigprocmask(SIG_BLOCK, set);
        var owner = new Abi.Linux.f_owner_ex(F_OWNER_TID, gettid());
        if (fcntl(fd, F_SETOWN_EX, (nint)(&owner)) < 0)
            throw Libunp.Failed("fcntl", fd);
    }

    void Run()
    {
        try
        {
            Beat();
            if (Target.IsLinux)
                _ = fcntl(fd, F_SETOWN, 0);
            if (isSilent && silent is null)
                _ = shutdown(fd, SHUT_RDWR);
        }
        catch (ObjectDisposedException)
        {
            // The program closed the connection, so the heartbeat ends.
        }
        if (isSilent && !isDisposed)
            silent?.Invoke();
    }

    void Beat()
    {
        int missed = 0;
        while (!isDisposed)
        {
            long before = received;
            if (!ReceiveUntil(new Deadline(interval)))
                return;
            missed = (received > before ? 0 : missed) + 1; // the next heartbeat is missing until it arrives
            if (missed > maxMissed)
            {
                isSilent = true;
                return;
            }
            if (isClient && !TrySend((byte)'1'))
                return;
        }
    }

    /// <summary>Receives the peer's heartbeats until this end's next one is due. The server sends each back.</summary>
    /// <returns>False if the heartbeat ends.</returns>
    bool ReceiveUntil(Deadline next)
    {
        bool quiet = false;
        while (!next.IsOver)
        {
            Wakeup wakeup = Wait(next, quiet);
            if (wakeup == Wakeup.End)
                return false;
            if (wakeup == Wakeup.Nothing)
                continue;
            bool hasByte = TryReceive(out byte beat);
            if (!hasByte && wakeup == Wakeup.Byte)
            {
                // The BSDs report the mark until the data around it is read, long after this byte was. Wait without POLLPRI for the rest of
                // the interval.
                quiet = true;
                continue;
            }
            Volatile.Write(ref received, received + 1);
            if (!isClient && !TrySend(hasByte ? beat : (byte)'1')) // a reader has consumed the byte, or it has not arrived yet
                return false;
        }
        return true;
    }

    enum Wakeup
    {
        Nothing,
        Byte,
        Signal,
        End,
    }

    unsafe Wakeup Wait(Deadline next, bool quiet)
    {
        bool held = false;
        try
        {
            fd.DangerousAddRef(ref held);
            Span<pollfd> fds =
            [
                new() { fd = (int)stop.Reader.DangerousGetHandle(), events = POLLIN },
                new() { fd = (int)fd.DangerousGetHandle(), events = quiet ? (short)0 : POLLPRI },
                new() { fd = sigurg is null ? -1 : (int)sigurg.DangerousGetHandle(), events = POLLIN },
            ];
            int n = poll(fds, next.RestInMilliseconds);
            if (n <= 0)
                return n < 0 && Errno.Last != Errno.EINTR ? Wakeup.End : Wakeup.Nothing;
            if (fds[0].revents != 0 || (fds[1].revents & (POLLERR | POLLHUP | POLLNVAL)) != 0)
                return Wakeup.End;
            if (Target.IsLinux && fds[2].revents != 0 && Libunp.TryReadSignalfd(sigurg!, signals, out _))
                return Wakeup.Signal;
            return (fds[1].revents & POLLPRI) != 0 ? Wakeup.Byte : Wakeup.Nothing;
        }
        finally
        {
            if (held)
                fd.DangerousRelease();
        }
    }

    unsafe bool TryReceive(out byte beat)
    {
        fixed (byte* p = &beat)
            return recv(fd, p, 1, MSG_OOB | MSG_DONTWAIT) == 1;
    }

    /// <summary>Sends a heartbeat, or skips it if the send buffer is full. If that lasts, the peer's silence reveals it.</summary>
    /// <returns>Whether the connection still exists.</returns>
    unsafe bool TrySend(byte beat) =>
        send(fd, &beat, 1, MSG_OOB | MSG_DONTWAIT | Libunp.NoSignal) == 1
        || Errno.Last.IsAny(Errno.EAGAIN, Errno.EINTR, Errno.ENOBUFS);
}
