using System.Runtime.InteropServices;
using static Unp.Net.Libc;

namespace Unp.Net;

/// <summary>
/// One end of the heartbeat of figures 24.14 and 24.15: the client sends a byte of out-of-band data at every interval, the server sends it back, and each
/// counts the intervals in which nothing came. Made by <see cref="Libunp.Heartbeat_cli"/> and <see cref="Libunp.Heartbeat_serv"/>.
/// </summary>
/// <remarks>
/// <para>C does this in the handlers of SIGURG and SIGALRM, and ends the program when the peer is silent. Here a thread waits for the data and for
/// the clock, and a silent peer's connection is shut down, so that whoever is blocked in it wakes and reads the end; or the program is told, and
/// decides.</para>
/// <para>A reader that is blocked in the connection may swallow the byte before the thread gets to it. So on Linux it is SIGURG that counts, which
/// the kernel sends for every heartbeat: the thread has itself as the socket's owner (F_SETOWN_EX) and takes the signal from a signalfd. Elsewhere it
/// is POLLPRI.</para>
/// <para>The thread receives out-of-band data only. A program that uses such data itself, or has set SO_OOBINLINE, can't have a heartbeat.</para>
/// </remarks>
public sealed class Heartbeat : IDisposable
{
    readonly SafeHandle fd;
    readonly TimeSpan interval;
    readonly int most;
    readonly bool isClient;
    readonly Action? silent;
    readonly signalfd_siginfo[] signals = new signalfd_siginfo[1];
    readonly WakeDescriptor stop = new();
    readonly Thread thread;
    Fd? sigurg;
    volatile bool isDisposed;
    volatile bool isSilent;
    long received;

    internal Heartbeat(SafeHandle fd, TimeSpan interval, int most, bool isClient, Action? silent)
    {
        this.fd = fd;
        this.interval = interval;
        this.most = most;
        this.isClient = isClient;
        this.silent = silent;
        using var started = new ManualResetEventSlim();
        Exception? failure = null;
        thread = new Thread(() =>
        {
            failure = Start();
            started.Set();
            if (failure is null)
                Run();
        })
        { IsBackground = true, Name = nameof(Heartbeat) };
        thread.Start();
        started.Wait();
        if (failure is null)
            return;
        thread.Join();
        stop.Dispose();
        sigurg?.Dispose();
        throw failure;
    }

    /// <summary>Whether the peer was silent for too long. Then the heart has stopped.</summary>
    public bool IsPeerSilent => isSilent;

    /// <summary>How many heartbeats came from the peer.</summary>
    public long ReceivedCount => Volatile.Read(ref received);

    /// <summary>
    /// Stops the heart. The connection stays open; dispose this before it, as the order of two <c>using</c>s does by itself: the thread may hold the
    /// descriptor open for up to an interval else. The peer will find this end silent.
    /// </summary>
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

    /// <summary>Makes this thread the one that gets the socket's SIGURG.</summary>
    /// <returns>Why it could not: the constructor throws that, as on this thread it would end the program.</returns>
    unsafe Exception? Start()
    {
        if (!OperatingSystem.IsLinux())
            return null;
        try
        {
            SigSet set = SigSet.Of(SIGURG);
            sigurg = Libunp.Signalfd(set, SFD_NONBLOCK);
            Libunp.Sigprocmask(SIG_BLOCK, set);
            var owner = new Abi.Linux.f_owner_ex(F_OWNER_TID, gettid());
            return fcntl(fd, F_SETOWN_EX, (nint)(&owner)) < 0 ? new UnpException(Errno.Last, "fcntl") : null;
        }
        catch (Exception e) when (e is UnpException or ObjectDisposedException)
        {
            return e; // the other thread's to throw: this one has nobody who would catch it
        }
    }

    void Run()
    {
        try
        {
            Beat();
            if (OperatingSystem.IsLinux())
                _ = fcntl(fd, F_SETOWN, 0);
            if (isSilent && silent is null)
                _ = shutdown(fd, SHUT_RDWR);
        }
        catch (ObjectDisposedException)
        {
            // The connection was closed under the heart: nobody wants it to beat on.
        }
        if (isSilent && !isDisposed)
            silent?.Invoke();
    }

    void Beat()
    {
        int missed = 0;
        while (!isDisposed)
        {
            // Between two beats of this heart come those of the other.
            var next = new Deadline(interval);
            bool quiet = false;
            while (!next.IsOver)
            {
                Found found = Wait(next, quiet);
                if (found == Found.End)
                    return;
                if (found == Found.Nothing)
                    continue;
                if (!TryReceive(out byte beat))
                {
                    if (found != Found.Signal)
                    {
                        // On the BSDs the mark is told until the data around it has been read, this byte has gone long ago: look again after the interval.
                        quiet = true;
                        continue;
                    }
                    beat = (byte)'1'; // swallowed, or still to come
                }
                missed = 0;
                Volatile.Write(ref received, received + 1);
                if (!isClient && !TrySend(beat))
                    return;
            }
            if (++missed > most)
            {
                isSilent = true;
                return;
            }
            if (isClient && !TrySend((byte)'1'))
                return;
        }
    }

    enum Found
    {
        Nothing,
        Byte,
        Signal,
        End,
    }

    unsafe Found Wait(Deadline next, bool quiet)
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
                return n < 0 && Errno.Last != Errno.EINTR ? Found.End : Found.Nothing;
            if (fds[0].revents != 0 || (fds[1].revents & (POLLERR | POLLHUP | POLLNVAL)) != 0)
                return Found.End;
            if (OperatingSystem.IsLinux() && fds[2].revents != 0 && Libunp.signalfd_read(sigurg!, signals) > 0)
                return Found.Signal;
            return (fds[1].revents & POLLPRI) != 0 ? Found.Byte : Found.Nothing;
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

    /// <summary>Sends a heartbeat; a full buffer leaves it out, as the peer's silence will tell if that lasts.</summary>
    /// <returns>Whether there still is a connection.</returns>
    unsafe bool TrySend(byte beat) =>
        send(fd, &beat, 1, MSG_OOB | MSG_DONTWAIT | Libunp.NoSignal) == 1
        || Errno.Last == Errno.EAGAIN || Errno.Last == Errno.EINTR || Errno.Last == Errno.ENOBUFS;
}
