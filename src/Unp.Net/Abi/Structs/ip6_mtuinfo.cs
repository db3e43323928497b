namespace Unp.Net.Abi;

/// <summary>The result of IPV6_PATHMTU: the peer and the path MTU to it in bytes.</summary>
struct ip6_mtuinfo
{
    public sockaddr_in6 ip6m_addr;
    public uint ip6m_mtu;
}
