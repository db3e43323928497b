using System.Runtime.InteropServices;

namespace Unp.Net.Abi
{
    /// <summary>Seconds and microseconds. 16 bytes everywhere, but macOS uses only half of the second eight.</summary>
    [StructLayout(LayoutKind.Explicit)]
    struct timeval
    {
        [FieldOffset(0)] Linux.timeval linux;
        [FieldOffset(0)] Darwin.timeval darwin;
        [FieldOffset(0)] FreeBsd.timeval freebsd;

        public timeval(long seconds, long microseconds)
        {
            tv_sec = seconds;
            tv_usec = microseconds;
        }

        public long tv_sec
        {
            readonly get => linux.tv_sec;
            set => linux.tv_sec = value;
        }

        public long tv_usec
        {
            readonly get => Target.IsMacOS ? darwin.tv_usec : linux.tv_usec;
            set => linux.tv_usec = value; // little-endian: the low half is the int of macOS, and its padding becomes zero
        }
    }

    /// <summary>Seconds and nanoseconds.</summary>
    struct timespec
    {
        public long tv_sec;
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
