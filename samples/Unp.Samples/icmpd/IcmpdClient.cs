using System.Net;

namespace Unp.Samples.icmpd;

/// <summary>A client of <see cref="icmpd"/>: its connection, and the local address of the UDP socket that it has passed.</summary>
/// <param name="connfd">The connection.</param>
sealed class IcmpdClient(Fd connfd) : IDisposable
{
    SockAddr local;
    bool takesIpv4;

    public Fd Connfd => connfd;

    /// <summary>
    /// Takes the address of a UDP socket, which is bound first if it has no port. C compares only the port, so a client there receives
    /// the errors of another one with the same port at another address.
    /// </summary>
    /// <returns>Whether it is a UDP socket of IPv4 or IPv6 in this network namespace.</returns>
    public bool TryRegister(Fd sockfd, ulong? networkNamespace)
    {
        local = default;
        try
        {
            SockAddr name = Getsockname(sockfd);
            int family = name.Family;
            bool isInet = family == AF_INET || family == AF_INET6;
            if (!isInet || !IsUdp(sockfd) || NamespaceOf(sockfd) != networkNamespace)
                return false;
            if (name.Port == 0)
            {
                Sock_bind_wild(sockfd, family);
                name = Getsockname(sockfd);
            }
            takesIpv4 = family == AF_INET || !Getsockopt(sockfd, SocketOptions.Ipv6V6Only);
            local = name;
            return true;
        }
        catch (UnpException)
        {
            return false; // no socket, or one that the client has shut down
        }
    }

    /// <summary>Returns whether the client's socket has sent a datagram with this source.</summary>
    public bool HasSent(in SockAddr source)
    {
        if (local.Length == 0 || source.Port != local.Port || (source.Family == AF_INET ? !takesIpv4 : local.Family != AF_INET6))
            return false;
        IPAddress bound = local.Address;
        return bound.Equals(IPAddress.Any) || bound.Equals(IPAddress.IPv6Any) || bound.Equals(ForClient(source).Address);
    }

    /// <summary>Sends a record. A client that does not read misses errors, but never blocks the daemon.</summary>
    /// <returns>Whether the client is still there.</returns>
    public bool TryNotify(in IcmpdError error)
    {
        Span<byte> record = stackalloc byte[IcmpdError.Size];
        (error with { Destination = ForClient(error.Destination) }).Write(record);
        return TrySend(connfd, record, out _) || Errno.Last == Errno.EAGAIN;
    }

    public void Dispose() => connfd.Dispose();

    /// <summary>Gets the network namespace of a socket, or null on systems that cannot say.</summary>
    public static ulong? NamespaceOf(Fd sockfd) =>
        SocketOptions.NetnsCookie.IsSupported ? Getsockopt(sockfd, SocketOptions.NetnsCookie) : null;

    static bool IsUdp(Fd sockfd) => Getsockopt(sockfd, SocketOptions.Type) == SOCK_DGRAM
        && (!SocketOptions.Protocol.IsSupported || Getsockopt(sockfd, SocketOptions.Protocol) == IPPROTO_UDP);

    /// <summary>Returns an address as the client's socket shows it: an IPv6 socket has mapped IPv4 addresses.</summary>
    SockAddr ForClient(in SockAddr address) => local.Family == AF_INET6 && address.Family == AF_INET
        ? new SockAddr(address.Address.MapToIPv6(), address.Port)
        : address;
}
