using Unp.Net.Abi;

namespace Unp.Net;

/// <summary>
/// Information about a signal, 128 bytes, as read from a <c>signalfd</c>. The meaning of a field depends on the signal. (signalfd(2)) Linux
/// only.
/// </summary>
public unsafe struct signalfd_siginfo
{
    /// <summary>The number of the signal.</summary>
    public uint ssi_signo;

    /// <summary>Not used.</summary>
    public int ssi_errno;

    /// <summary>The origin: SI_USER, SI_TKILL, SI_KERNEL; for SIGIO, or the signal used instead, POLL_IN...</summary>
    public int ssi_code;

    /// <summary>The process that sent it, or the child that ended.</summary>
    public uint ssi_pid;

    /// <summary>The real user of that process.</summary>
    public uint ssi_uid;

    /// <summary>The ready descriptor, for SIGIO and the signal of F_SETSIG.</summary>
    public int ssi_fd;

    /// <summary>The kernel's number of the POSIX timer.</summary>
    public uint ssi_tid;

    /// <summary>The ready events of the descriptor, in the bits of poll.</summary>
    public uint ssi_band;

    /// <summary>The number of additional expirations of a POSIX timer.</summary>
    public uint ssi_overrun;

    /// <summary>The trap of a fault.</summary>
    public uint ssi_trapno;

    /// <summary>A child's exit status or signal.</summary>
    public int ssi_status;

    /// <summary>The value of <c>sigqueue</c> as an integer.</summary>
    public int ssi_int;

    /// <summary>The value of <c>sigqueue</c> as a pointer.</summary>
    public ulong ssi_ptr;

    /// <summary>A child's processor time.</summary>
    public ulong ssi_utime;

    /// <summary>The kernel's processor time for a child.</summary>
    public ulong ssi_stime;

    /// <summary>The address of a fault.</summary>
    public ulong ssi_addr;

    /// <summary>The least significant valid bit of that address.</summary>
    public ushort ssi_addr_lsb;

    ushort __pad2;

    /// <summary>The system call of SIGSYS.</summary>
    public int ssi_syscall;

    /// <summary>The address of the system call of SIGSYS.</summary>
    public ulong ssi_call_addr;

    /// <summary>The architecture of the system call of SIGSYS.</summary>
    public uint ssi_arch;

    fixed byte __pad[28];

    /// <summary>
    /// Returns the fields as <c>strace(1)</c> prints them: <c>"{ssi_signo=SIGINT, ssi_code=0, ssi_pid=71, ssi_uid=0, ssi_fd=0,
    /// ssi_status=0}"</c>.
    /// </summary>
    public override readonly string ToString() =>
        $"{{ssi_signo={ConstantNames.Signal((int)ssi_signo)}, ssi_code={ssi_code}, ssi_pid={ssi_pid}, ssi_uid={ssi_uid}, "
        + $"ssi_fd={ssi_fd}, ssi_status={ssi_status}}}";
}
