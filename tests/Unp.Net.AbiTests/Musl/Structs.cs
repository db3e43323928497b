// The structs of musl have shorter lengths with padding, which musl clears. On little-endian machines of 64 bits the bytes are the same as
// in the
// neutral structs; NeutralStructTests proves this.
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
