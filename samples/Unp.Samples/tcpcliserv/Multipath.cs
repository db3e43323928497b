namespace Unp.Samples.tcpcliserv;

/// <summary>The sockets of the MPTCP programs, and the description of their paths.</summary>
static class Multipath
{
    /// <summary>Creates an MPTCP socket, or a TCP socket if the kernel has no MPTCP or <c>net.mptcp.enabled</c> is 0.</summary>
    public static Fd StreamSocket(int family)
    {
        try
        {
            return Socket(family, SOCK_STREAM, IPPROTO_MPTCP);
        }
        catch (UnpException e) when (e.Errno.IsAny(Errno.EPROTONOSUPPORT, Errno.ENOPROTOOPT))
        {
            return Socket(family, SOCK_STREAM);
        }
    }

    /// <summary>Returns how a connection is carried, and a line for each subflow.</summary>
    public static string Describe(Fd connfd)
    {
        MptcpStatus status = GetMptcpStatus(connfd);
        string kind = status.IsFallback ? "plain TCP" : $"MPTCP, subflows: {status.Subflows.Count}";
        return string.Join('\n', [kind, .. status.Subflows]);
    }
}
