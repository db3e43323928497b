namespace Unp.Net.Abi;

/// <summary>What IPV6_PATHMTU tells: the peer and the path MTU to it, bytes.</summary>
struct ip6_mtuinfo
{
    public sockaddr_in6 ip6m_addr;
    public uint ip6m_mtu;
}
