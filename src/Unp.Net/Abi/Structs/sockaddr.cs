namespace Unp.Net.Abi;

/// <summary>
/// An address of any family, without its family-specific fields. It has 16 bytes; the addresses of most families are longer.
/// </summary>
unsafe struct sockaddr
{
    public sa_head head;
    public fixed byte sa_data[14];
}

/// <summary>Space for an address of any family: 128 bytes, aligned to 8.</summary>
unsafe struct sockaddr_storage
{
    public sa_head head;
    fixed byte __ss_pad[118];
    ulong __ss_align;
}
