namespace Unp.Net.Tests.Options;

/// <summary>SCTP sockets on this machine's own addresses. Where the kernel has no SCTP the test is skipped, with what the kernel says.</summary>
static class SctpSockets
{
    /// <summary>A socket of one association (SOCK_STREAM) or of many (SOCK_SEQPACKET).</summary>
    public static Fd New(int type, int family = AF_INET)
    {
        int descriptor = socket(family, type | SOCK_CLOEXEC, IPPROTO_SCTP);
        Assert.SkipWhen(descriptor < 0, $"this kernel has no SCTP: {Errno.Last.Message}");
        return Loopback.Limited(new Fd(descriptor));
    }

    /// <summary>A socket of many associations that waits for them, at 127.0.0.1 or ::1 and at other addresses with the same port.</summary>
    public static Fd Listener(int family = AF_INET, params string[] others)
    {
        Fd fd = New(SOCK_SEQPACKET, family);
        try
        {
            Bind(fd, SockAddr.Loopback(family));
            int port = Getsockname(fd).Port;
            foreach (string other in others)
                Setsockopt(fd, IPPROTO_SCTP, SCTP_SOCKOPT_BINDX_ADD, new SockAddr(System.Net.IPAddress.Parse(other), port).Bytes);
            Listen(fd, 5);
            return fd;
        }
        catch
        {
            fd.Dispose();
            throw;
        }
    }

    /// <summary>A client of one association with a listener, at the first of its addresses.</summary>
    public static Fd ConnectedTo(Fd listener)
    {
        SockAddr last = Getsockname(listener); // Linux names the address that was added last
        Fd fd = New(SOCK_STREAM, last.Family);
        Connect(fd, SockAddr.Loopback(last.Family, last.Port));
        return fd;
    }

    /// <summary>The ids of the associations that a socket of many has, oldest first, once there are so many.</summary>
    public static int[] Associations(Fd fd, int count)
    {
        int[] ids = [];
        Limit.Until(() => (ids = Ids()).Length == count, $"{count} associations");
        return ids;

        int[] Ids()
        {
            Span<int> answer = stackalloc int[16];
            Getsockopt(fd, IPPROTO_SCTP, SCTP_GET_ASSOC_ID_LIST, System.Runtime.InteropServices.MemoryMarshal.AsBytes(answer));
            return answer[1..(1 + answer[0])].ToArray();
        }
    }
}
