// Who is on the other side of a Unix domain socket: in control data, or by an option.
namespace Unp.Net.Abi
{
    /// <summary>
    /// Option LOCAL_PEERCRED: the peer's user and groups, the first of which is the effective one. FreeBSD's; macOS's lacks the process
    /// and is the same before it. Not on Linux.
    /// </summary>
    unsafe struct xucred
    {
        public uint cr_version;
        public uint cr_uid;
        public short cr_ngroups;
        public fixed uint cr_groups[16];
        nint __cr_unused1;

        /// <summary>The peer's process, 0 on macOS, which has an option for it.</summary>
        public readonly int cr_pid => (int)__cr_unused1; // C has a union of pointer and pid_t there

        /// <summary>The bytes that the system at hand has.</summary>
        public static int Size => Target.IsMacOS ? sizeof(Darwin.xucred) : sizeof(xucred);
    }
}

namespace Unp.Net.Abi.Linux
{
    /// <summary>A process, its user and its group: SO_PEERCRED, SCM_CREDENTIALS.</summary>
    struct ucred
    {
        public int pid;
        public uint uid;
        public uint gid;
    }
}

namespace Unp.Net.Abi.Darwin
{
    /// <summary>The peer's user and groups.</summary>
    unsafe struct xucred
    {
        public uint cr_version;
        public uint cr_uid;
        public short cr_ngroups;
        public fixed uint cr_groups[16];
    }
}

namespace Unp.Net.Abi.FreeBsd
{
    /// <summary>The sender of a message: SCM_CREDS that it sends itself. The kernel fills it in.</summary>
    unsafe struct cmsgcred
    {
        public int cmcred_pid;
        public uint cmcred_uid;
        public uint cmcred_euid;
        public uint cmcred_gid;
        public short cmcred_ngroups;
        public fixed uint cmcred_groups[16];
    }

    /// <summary>The sender of a message: SCM_CREDS that the receiver asks for by LOCAL_CREDS. As many groups follow as the count says.</summary>
    unsafe struct sockcred
    {
        public uint sc_uid;
        public uint sc_euid;
        public uint sc_gid;
        public uint sc_egid;
        public int sc_ngroups;
        public fixed uint sc_groups[1];
    }

    /// <summary>The sender of a message: SCM_CREDS2, asked for by LOCAL_CREDS_PERSISTENT. As many groups follow as the count says.</summary>
    unsafe struct sockcred2
    {
        public int sc_version;
        public int sc_pid;
        public uint sc_uid;
        public uint sc_euid;
        public uint sc_gid;
        public uint sc_egid;
        public int sc_ngroups;
        public fixed uint sc_groups[1];
    }
}
