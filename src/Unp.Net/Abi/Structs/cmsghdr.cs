namespace Unp.Net.Abi.Linux
{
    /// <summary>The header of a control message. Its length includes header, padding and data.</summary>
    struct cmsghdr
    {
        public nuint cmsg_len;
        public int cmsg_level;
        public int cmsg_type;
    }
}

namespace Unp.Net.Abi.Bsd
{
    /// <summary>The header of a control message. Its length includes header, padding and data.</summary>
    struct cmsghdr
    {
        public uint cmsg_len;
        public int cmsg_level;
        public int cmsg_type;
    }
}
