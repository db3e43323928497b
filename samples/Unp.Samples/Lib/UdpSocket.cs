namespace Unp.Samples;

/// <summary>The sockets of UDP servers that answer from the address to which a client has sent.</summary>
static class UdpSocket
{
    /// <summary>Creates a UDP socket with a local address. One of IPv6 also serves IPv4, if the address is the wildcard.</summary>
    /// <exception cref="UnpException">The socket cannot be created or bound.</exception>
    public static Fd Create(in SockAddr local)
    {
        Fd sockfd = Socket(local.Family, SOCK_DGRAM);
        try
        {
            if (local.Family == AF_INET6)
                Setsockopt(sockfd, SocketOptions.Ipv6V6Only, false);
            Bind(sockfd, local);
            return sockfd;
        }
        catch
        {
            sockfd.Dispose();
            throw;
        }
    }

    /// <summary>Lets <see cref="Recvfrom_flags"/> report the destination and the interface of each datagram.</summary>
    public static void ReportDestinations(Fd sockfd, int family)
    {
        foreach (SocketOption<bool> option in DestinationOptions(family))
            Setsockopt(sockfd, option, true);
    }

    static SocketOption<bool>[] DestinationOptions(int family) =>
        family == AF_INET6 ? [SocketOptions.Ipv6RecvPktInfo]
        : SocketOptions.IpPktInfo.IsSupported ? [SocketOptions.IpPktInfo]
        : [SocketOptions.IpRecvDstAddr, SocketOptions.IpRecvIf];
}
