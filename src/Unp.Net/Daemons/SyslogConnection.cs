using static Unp.Net.Libc;

namespace Unp.Net;

/// <summary>What has become of a line.</summary>
enum SyslogOutcome
{
    Sent,

    /// <summary>syslogd is gone, or takes no more just now.</summary>
    Later,

    /// <summary>The system has no datagrams of that size: it never goes.</summary>
    TooLong,
}

/// <summary>The socket to syslogd, made anew whenever that has gone. Nothing here waits.</summary>
sealed class SyslogConnection(string path) : IDisposable
{
    readonly SockAddr address = SockAddr.Unix(path);
    Fd? fd;
    bool isStream;
    int sent;

    /// <summary>Whether syslogd is there, but takes no more just now.</summary>
    internal bool IsFull { get; private set; }

    internal Fd? Descriptor => fd;

    /// <summary>Sends a line, with a NUL at its end. Of one that has not gone a part may have: the next call is with the same.</summary>
    internal SyslogOutcome Send(ReadOnlySpan<byte> line)
    {
        // A syslogd that was started again has another socket at the path, which the old one does not lead to: that is found out by sending.
        bool isOld = fd is not null;
        SyslogOutcome outcome = SendOnce(line);
        return outcome == SyslogOutcome.Later && isOld && fd is null ? SendOnce(line) : outcome;
    }

    /// <summary>Connects if there is no connection: to a datagram socket, or else to a stream.</summary>
    internal bool Connect()
    {
        if (fd is not null)
            return true;
        isStream = false;
        fd = Connected(SOCK_DGRAM);
        if (fd is null && Errno.Last == Errno.EPROTOTYPE)
        {
            isStream = true;
            fd = Connected(SOCK_STREAM);
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

    Fd? Connected(int type)
    {
        int descriptor = socket(AF_UNIX, type | Libunp.CloseOnExecType, 0);
        if (descriptor < 0)
            return null;
        Fd made = Libunp.Own(descriptor);
        Libunp.Set_nonblock(made);
        if (connect(made, address) == 0)
            return made;
        made.Dispose(); // SafeHandle leaves Errno.Last as it is
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
            else if (Errno.Last == Errno.EAGAIN || Errno.Last == Errno.ENOBUFS)
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
