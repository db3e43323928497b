using static Unp.Net.Libc;

namespace Unp.Net;

/// <summary>The result of sending a line.</summary>
enum SyslogOutcome
{
    Sent,

    /// <summary>syslogd is not running or its queue is full. The line can be sent later.</summary>
    Later,

    /// <summary>The system does not support datagrams of this size, so the line can never be sent.</summary>
    TooLong,
}

/// <summary>The socket to syslogd, reconnected when syslogd was restarted. No method waits.</summary>
sealed class SyslogConnection(string path) : IDisposable
{
    readonly SockAddr address = SockAddr.Unix(path);
    Fd? fd;
    bool isStream;
    int sent;

    /// <summary>Whether syslogd is running but its queue is full.</summary>
    internal bool IsFull { get; private set; }

    internal Fd? Descriptor => fd;

    /// <summary>
    /// Sends a line, which ends with a NUL. After a failure part of the line may already have been sent, so the next call must pass the
    /// same line.
    /// </summary>
    internal SyslogOutcome Send(ReadOnlySpan<byte> line)
    {
        // A restarted syslogd has a new socket at the path. Only a failed send on the old socket reveals that, so try once more.
        bool isOld = fd is not null;
        SyslogOutcome outcome = SendOnce(line);
        return outcome == SyslogOutcome.Later && isOld && fd is null ? SendOnce(line) : outcome;
    }

    /// <summary>Connects if there is no connection: to a datagram socket, or else to a stream socket.</summary>
    internal bool Connect()
    {
        if (fd is not null)
            return true;
        isStream = false;
        fd = TryConnect(SOCK_DGRAM);
        if (fd is null && Errno.Last == Errno.EPROTOTYPE)
        {
            isStream = true;
            fd = TryConnect(SOCK_STREAM);
        }
        return fd is not null;
    }

    public void Dispose()
    {
        fd?.Dispose();
        fd = null;
        sent = 0;
        IsFull = false;
    }

    Fd? TryConnect(int type)
    {
        int descriptor = socket(AF_UNIX, type | Libunp.CloseOnExecType, 0);
        if (descriptor < 0)
            return null;
        Fd made = Libunp.Own(descriptor);
        Libunp.SetNonBlocking(made);
        if (connect(made, address) == 0)
            return made;
        made.Dispose(); // SafeHandle keeps Errno.Last
        return null;
    }

    SyslogOutcome SendOnce(ReadOnlySpan<byte> line)
    {
        if (!Connect())
            return SyslogOutcome.Later;
        while (true)
        {
            ReadOnlySpan<byte> rest = isStream ? line[sent..] : line[..^1];
            nint n = send(fd!, rest, Libunp.NoSignal);
            if (n == rest.Length)
            {
                sent = 0;
                IsFull = false;
                return SyslogOutcome.Sent;
            }
            if (n >= 0)
                sent += (int)n;
            else if (Errno.Last == Errno.EMSGSIZE)
                return SyslogOutcome.TooLong;
            else if (Errno.Last.IsAny(Errno.EAGAIN, Errno.ENOBUFS))
                return Full();
            else if (Errno.Last != Errno.EINTR)
                return Gone();
        }
    }

    SyslogOutcome Full()
    {
        IsFull = true;
        return SyslogOutcome.Later;
    }

    SyslogOutcome Gone()
    {
        Dispose();
        return SyslogOutcome.Later;
    }
}
