namespace Unp.Net.Abi.Linux;

/// <summary>The credentials of a process at the other side of a Unix socket: SO_PEERCRED, SCM_CREDENTIALS.</summary>
struct ucred
{
    public int pid;
    public uint uid;
    public uint gid;
}
