// Credentials of the peer of a Unix domain socket, from control data or from an option.
namespace Unp.Net.Abi
{
    /// <summary>
    /// Option LOCAL_PEERCRED: the peer's user and groups, the first of which is the effective one. It has FreeBSD's layout; the structure
    /// of
    /// macOS lacks the process at the end. Not on Linux.
    /// </summary>
    unsafe struct xucred
    {
        public uint cr_version;
        public uint cr_uid;
        public short cr_ngroups;
        public fixed uint cr_groups[16];
        nint __cr_unused1;

        /// <summary>The peer's process; 0 on macOS, which has a separate option for it.</summary>
        public readonly int cr_pid => (int)__cr_unused1; // in C a union of a pointer and a pid_t

        /// <summary>The size of the structure on this system.</summary>
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
    /// <summary>The sender of a message: SCM_CREDS added by the sender and filled in by the kernel.</summary>
    unsafe struct cmsgcred
    {
        public int cmcred_pid;
        public uint cmcred_uid;
        public uint cmcred_euid;
        public uint cmcred_gid;
        public short cmcred_ngroups;
        public fixed uint cmcred_groups[16];
    }

    /// <summary>The sender of a message: SCM_CREDS requested by the receiver with LOCAL_CREDS. The counted groups follow.</summary>
    unsafe struct sockcred
    {
        public uint sc_uid;
        public uint sc_euid;
        public uint sc_gid;
        public uint sc_egid;
        public int sc_ngroups;
        public fixed uint sc_groups[1];
    }

    /// <summary>The sender of a message: SCM_CREDS2, requested with LOCAL_CREDS_PERSISTENT. The counted groups follow.</summary>
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
