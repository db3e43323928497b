using System.Runtime.InteropServices;
using Unp.Net.Abi;

namespace Unp.Net
{
    /// <summary>
    /// C's <c>struct timeval</c>: seconds and microseconds, for <c>select</c>, <c>SO_RCVTIMEO</c> and others. It has 16 bytes everywhere,
    /// but
    /// macOS uses only half of the last eight.
    /// </summary>
    [StructLayout(LayoutKind.Explicit)]
    public struct timeval
    {
        [FieldOffset(0)] Abi.Linux.timeval linux;
        [FieldOffset(0)] Abi.Darwin.timeval darwin;
        [FieldOffset(0)] Abi.FreeBsd.timeval freebsd;

        /// <summary>Creates a time of seconds and microseconds.</summary>
        public timeval(long seconds, long microseconds)
        {
            tv_sec = seconds;
            tv_usec = microseconds;
        }

        /// <summary>The seconds.</summary>
        public long tv_sec
        {
            readonly get => linux.tv_sec;
            set => linux.tv_sec = value;
        }

        /// <summary>The microseconds, 0 to 999,999. The kernel rejects other values (EINVAL, EDOM).</summary>
        public long tv_usec
        {
            readonly get => Target.IsMacOS ? darwin.tv_usec : linux.tv_usec;
            set => linux.tv_usec = value; // little-endian: the low half is the int of macOS, the high half its padding
        }
    }

    /// <summary>C's <c>struct timespec</c>: seconds and nanoseconds, for <c>pselect</c>, <c>ppoll</c>, <c>kevent</c>.</summary>
    public struct timespec
    {
        /// <summary>The seconds.</summary>
        public long tv_sec;

        /// <summary>The nanoseconds, 0 to 999,999,999. The kernel rejects other values (EINVAL).</summary>
        public long tv_nsec;
    }
}

namespace Unp.Net.Abi.Linux
{
    struct timeval
    {
        public long tv_sec;
        public long tv_usec;
    }
}

namespace Unp.Net.Abi.FreeBsd
{
    struct timeval
    {
        public long tv_sec;
        public long tv_usec;
    }
}

namespace Unp.Net.Abi.Darwin
{
    struct timeval
    {
        public long tv_sec;
        public int tv_usec;
    }
}
