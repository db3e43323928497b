namespace Unp.Net.Tests.Options;

/// <summary>
/// SCTP sockets on addresses of this machine. If the kernel has no SCTP, the test is skipped with the error of the kernel.
/// </summary>
static class SctpSockets
{
    /// <summary>Creates a one-to-one socket (SOCK_STREAM) or a one-to-many socket (SOCK_SEQPACKET).</summary>
    public static Fd New(int type, int family = AF_INET)
    {
        int descriptor = socket(family, type | SOCK_CLOEXEC, IPPROTO_SCTP);
        Assert.SkipWhen(descriptor < 0, $"this kernel has no SCTP: {Errno.Last.Message}; tests/run starts one that has");
        return Loopback.Limited(new Fd(descriptor));
    }

    /// <summary>Creates a listening one-to-many socket, at 127.0.0.1 or ::1 and at other addresses with the same port.</summary>
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

    /// <summary>Creates a client that is connected to the first address of a listener.</summary>
    public static Fd ConnectedTo(Fd listener)
    {
        SockAddr last = Getsockname(listener); // Linux returns the address that was added last
        Fd fd = New(SOCK_STREAM, last.Family);
        Connect(fd, SockAddr.Loopback(last.Family, last.Port));
        return fd;
    }

    /// <summary>Waits until a one-to-many socket has this many associations, and returns their ids, the oldest first.</summary>
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
