namespace Unp.Net.Abi;

/// <summary>The address of any family, seen without knowing which. 16 bytes: most families' addresses are longer.</summary>
unsafe struct sockaddr
{
    public sa_head head;
    public fixed byte sa_data[14];
}

/// <summary>Room for the address of any family. 128 bytes, aligned to 8.</summary>
unsafe struct sockaddr_storage
{
    public sa_head head;
    fixed byte __ss_pad[118];
    ulong __ss_align;
}
