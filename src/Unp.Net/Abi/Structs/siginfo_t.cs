using System.Runtime.InteropServices;
using Unp.Net.Abi;

namespace Unp.Net
{
    /// <summary>
    /// Information about a signal from <c>sigwaitinfo</c> and <c>sigtimedwait</c>, with C's field names. The meaning of a field depends on
    /// the
    /// signal. (sigaction(2)) Not on macOS, which has neither call.
    /// </summary>
    [StructLayout(LayoutKind.Explicit)]
    public struct siginfo_t
    {
        [FieldOffset(0)] Abi.Linux.siginfo_t linux;
        [FieldOffset(0)] Abi.FreeBsd.siginfo_t freebsd;

        /// <summary>The number of the signal.</summary>
        public readonly int si_signo => linux.si_signo;

        /// <summary>The origin: SI_USER, SI_QUEUE, SI_KERNEL; for SIGIO, or the signal used instead, POLL_IN...</summary>
        public readonly int si_code => linux.si_code;

        /// <summary>The process that sent it, or the child that ended.</summary>
        public readonly int si_pid => Target.IsLinux ? linux.si_pid : freebsd.si_pid;

        /// <summary>The real user of that process.</summary>
        public readonly uint si_uid => Target.IsLinux ? linux.si_uid : freebsd.si_uid;

        /// <summary>A child's exit status or signal.</summary>
        public readonly int si_status => Target.IsLinux ? linux.si_status : freebsd.si_status;

        /// <summary>The value of <c>sigqueue</c>.</summary>
        public readonly nint si_value => Target.IsLinux ? linux.si_value : freebsd.si_value;

        /// <summary>The ready events of the descriptor, in the bits of poll. 0 on FreeBSD, which does not report them.</summary>
        public readonly long si_band => Target.IsLinux ? linux.si_band : 0;

        /// <summary>The ready descriptor, for SIGIO and the signal of F_SETSIG. -1 on FreeBSD, which does not report it.</summary>
        public readonly int si_fd => Target.IsLinux ? linux.si_fd : -1;

        /// <summary>
        /// Returns the fields as <c>strace(1)</c> prints them: <c>"{si_signo=SIGCHLD, si_code=1, si_pid=71, si_uid=0, si_status=0}"</c>.
        /// </summary>
        public override readonly string ToString() =>
            $"{{si_signo={ConstantNames.Signal(si_signo)}, si_code={si_code}, si_pid={si_pid}, si_uid={si_uid}, si_status={si_status}}}";
    }
}

namespace Unp.Net.Abi.Linux
{
    /// <summary>Information about a signal. The fields after the first three depend on the signal.</summary>
    [StructLayout(LayoutKind.Explicit, Size = 128)]
    struct siginfo_t
    {
        [FieldOffset(0)] public int si_signo;
        [FieldOffset(4)] public int si_errno;
        [FieldOffset(8)] public int si_code;
        [FieldOffset(16)] public int si_pid;
        [FieldOffset(20)] public uint si_uid;
        [FieldOffset(24)] public int si_status;
        [FieldOffset(24)] public nint si_value;
        [FieldOffset(16)] public long si_band;
        [FieldOffset(24)] public int si_fd;
    }
}

namespace Unp.Net.Abi.FreeBsd
{
    /// <summary>Information about a signal.</summary>
    [StructLayout(LayoutKind.Explicit, Size = 80)]
    struct siginfo_t
    {
        [FieldOffset(0)] public int si_signo;
        [FieldOffset(4)] public int si_errno;
        [FieldOffset(8)] public int si_code;
        [FieldOffset(12)] public int si_pid;
        [FieldOffset(16)] public uint si_uid;
        [FieldOffset(20)] public int si_status;
        [FieldOffset(24)] public nint si_addr;
        [FieldOffset(32)] public nint si_value;
    }
}
