using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;
using Unp.Net.Abi;

namespace Unp.Net
{
    /// <summary>The size of a terminal (ioctl_tty(2)).</summary>
    public struct winsize
    {
        /// <summary>The number of rows.</summary>
        public ushort ws_row;

        /// <summary>The number of columns.</summary>
        public ushort ws_col;

        /// <summary>The width in pixels, or 0.</summary>
        public ushort ws_xpixel;

        /// <summary>The height in pixels, or 0.</summary>
        public ushort ws_ypixel;

        /// <summary>Returns the size as in <c>stty size</c>: <c>"24 80"</c>.</summary>
        public override readonly string ToString() => $"{ws_row} {ws_col}";
    }

    /// <summary>C's <c>struct termios</c>: the settings of a terminal (termios(3)). The bits differ between systems.</summary>
    [StructLayout(LayoutKind.Explicit)]
    public unsafe struct termios
    {
        [FieldOffset(0)] Abi.Linux.termios linux;
        [FieldOffset(0)] Abi.Darwin.termios darwin;
        [FieldOffset(0)] Abi.FreeBsd.termios freebsd;

        /// <summary>Flags for input: ICRNL, IXON...</summary>
        public uint c_iflag
        {
            readonly get => Get(darwin.c_iflag, linux.c_iflag);
            set => Set(ref darwin.c_iflag, ref linux.c_iflag, value);
        }

        /// <summary>Flags for output: OPOST, ONLCR...</summary>
        public uint c_oflag
        {
            readonly get => Get(darwin.c_oflag, linux.c_oflag);
            set => Set(ref darwin.c_oflag, ref linux.c_oflag, value);
        }

        /// <summary>Flags for the line: speed, parity, size of characters.</summary>
        public uint c_cflag
        {
            readonly get => Get(darwin.c_cflag, linux.c_cflag);
            set => Set(ref darwin.c_cflag, ref linux.c_cflag, value);
        }

        /// <summary>Other flags: ECHO, ICANON, ISIG...</summary>
        public uint c_lflag
        {
            readonly get => Get(darwin.c_lflag, linux.c_lflag);
            set => Set(ref darwin.c_lflag, ref linux.c_lflag, value);
        }

        /// <summary>The special characters, by VINTR, VEOF, VMIN...: 20, on Linux 32.</summary>
        [UnscopedRef]
        public Span<byte> c_cc
        {
            get
            {
                if (Target.IsLinux)
                    return MemoryMarshal.CreateSpan(ref linux.c_cc[0], 32);
                return MemoryMarshal.CreateSpan(ref Target.IsMacOS ? ref darwin.c_cc[0] : ref freebsd.c_cc[0], 20);
            }
        }

        /// <summary>
        /// Returns the flags as <c>strace(1)</c> prints them if it does not know their names: <c>"{c_iflag=0x500, ...}"</c>.
        /// </summary>
        public override readonly string ToString() =>
            $"{{c_iflag=0x{c_iflag:x}, c_oflag=0x{c_oflag:x}, c_cflag=0x{c_cflag:x}, c_lflag=0x{c_lflag:x}}}";

        static uint Get(ulong onMacOS, uint elsewhere) => Target.IsMacOS ? (uint)onMacOS : elsewhere;

        static void Set(ref ulong onMacOS, ref uint elsewhere, uint value)
        {
            if (Target.IsMacOS)
                onMacOS = value;
            else
                elsewhere = value;
        }
    }
}

namespace Unp.Net.Abi.Linux
{
    /// <summary>The structure of the C library, which differs from the kernel's.</summary>
    unsafe struct termios
    {
        public uint c_iflag;
        public uint c_oflag;
        public uint c_cflag;
        public uint c_lflag;
        public byte c_line;
        public fixed byte c_cc[32];
        uint __c_ispeed; // musl's name for it
        uint __c_ospeed;
    }
}

namespace Unp.Net.Abi.Darwin
{
    unsafe struct termios
    {
        public ulong c_iflag;
        public ulong c_oflag;
        public ulong c_cflag;
        public ulong c_lflag;
        public fixed byte c_cc[20];
        public ulong c_ispeed;
        public ulong c_ospeed;
    }
}

namespace Unp.Net.Abi.FreeBsd
{
    unsafe struct termios
    {
        public uint c_iflag;
        public uint c_oflag;
        public uint c_cflag;
        public uint c_lflag;
        public fixed byte c_cc[20];
        public uint c_ispeed;
        public uint c_ospeed;
    }
}
