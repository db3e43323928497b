// musl declares narrower lengths with padding, which it clears: on little-endian machines of 64 bits the same bytes as ours. NeutralStructTests prove that.
namespace Unp.Net.Abi.Linux.Musl;

unsafe struct msghdr
{
    public void* msg_name;
    public uint msg_namelen;
    public iovec* msg_iov;
    public int msg_iovlen;
    int __pad1;
    public void* msg_control;
    public uint msg_controllen;
    int __pad2;
    public int msg_flags;
}

struct cmsghdr
{
    public uint cmsg_len;
    int __pad1;
    public int cmsg_level;
    public int cmsg_type;
}
