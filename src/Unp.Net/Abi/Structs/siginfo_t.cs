using System.Runtime.InteropServices;
using Unp.Net.Abi;

namespace Unp.Net
{
    /// <summary>
    /// A signal as <c>sigwaitinfo</c> and <c>sigtimedwait</c> tell it, with C's field names. What a field means depends on the signal. (sigaction(2)) Not on
    /// macOS, which has neither call.
    /// </summary>
    [StructLayout(LayoutKind.Explicit)]
    public struct siginfo_t
    {
        [FieldOffset(0)] Abi.Linux.siginfo_t linux;
        [FieldOffset(0)] Abi.FreeBsd.siginfo_t freebsd;

        /// <summary>The signal.</summary>
        public readonly int si_signo => linux.si_signo;

        /// <summary>Where it comes from: SI_USER, SI_QUEUE, SI_KERNEL; for SIGIO and the signal in its place POLL_IN...</summary>
        public readonly int si_code => linux.si_code;

        /// <summary>The process that sent it, or the child that ended.</summary>
        public readonly int si_pid => Target.IsLinux ? linux.si_pid : freebsd.si_pid;

        /// <summary>Its real user.</summary>
        public readonly uint si_uid => Target.IsLinux ? linux.si_uid : freebsd.si_uid;

        /// <summary>A child's exit status or signal.</summary>
        public readonly int si_status => Target.IsLinux ? linux.si_status : freebsd.si_status;

        /// <summary>The value of <c>sigqueue</c>.</summary>
        public readonly nint si_value => Target.IsLinux ? linux.si_value : freebsd.si_value;

        /// <summary>What the descriptor is ready for, in the bits of poll. 0 on FreeBSD, which does not tell.</summary>
        public readonly long si_band => Target.IsLinux ? linux.si_band : 0;

        /// <summary>The descriptor that is ready: SIGIO and the signal of F_SETSIG. -1 on FreeBSD, which does not tell.</summary>
        public readonly int si_fd => Target.IsLinux ? linux.si_fd : -1;
    }
}

namespace Unp.Net.Abi.Linux
{
    /// <summary>A signal: what follows the first three fields depends on it.</summary>
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
    /// <summary>A signal.</summary>
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
