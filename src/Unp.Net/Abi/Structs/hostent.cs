namespace Unp.Net.Abi;

/// <summary>A result of <c>gethostbyname</c> and <c>gethostbyaddr</c>. The lists end with a null pointer.</summary>
unsafe struct hostent
{
    public byte* h_name;
    public byte** h_aliases;
    public int h_addrtype;
    public int h_length;
    public byte** h_addr_list;
}

/// <summary>A result of <c>getservbyname</c> and <c>getservbyport</c>. The port is in network order.</summary>
unsafe struct servent
{
    public byte* s_name;
    public byte** s_aliases;
    public int s_port;
    public byte* s_proto;
}

/// <summary>A result of <c>getprotobyname</c> and <c>getprotobynumber</c>.</summary>
unsafe struct protoent
{
    public byte* p_name;
    public byte** p_aliases;
    public int p_proto;
}

/// <summary>A result of <c>getnetbyname</c> and <c>getnetbyaddr</c>. The network is in host order.</summary>
unsafe struct netent
{
    public byte* n_name;
    public byte** n_aliases;
    public int n_addrtype;
    public uint n_net;
}
