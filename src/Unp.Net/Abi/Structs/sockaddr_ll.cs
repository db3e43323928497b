namespace Unp.Net.Abi.Linux;

/// <summary>An interface and a link-layer address (<c>packet(7)</c>). Longer hardware addresses continue after the structure.</summary>
unsafe struct sockaddr_ll
{
    public ushort sll_family;
    public ushort sll_protocol;
    public int sll_ifindex;
    public ushort sll_hatype;
    public byte sll_pkttype;
    public byte sll_halen;
    public fixed byte sll_addr[8];
}
