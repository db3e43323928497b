using System.Runtime.InteropServices;

namespace Unp.Net.Abi
{
    /// <summary>The type and the permission bits of a file, out of the <c>struct stat</c> that every system has another of.</summary>
    [StructLayout(LayoutKind.Explicit)]
    struct stat_mode
    {
        [FieldOffset(0)] Linux.X64.stat x64;
        [FieldOffset(0)] Linux.Arm64.stat arm64;
        [FieldOffset(0)] Darwin.stat darwin;
        [FieldOffset(0)] FreeBsd.stat freebsd;

        public readonly int Value =>
            Target.IsLinux ? (int)(Target.IsArm64 ? arm64.st_mode : x64.st_mode)
            : Target.IsMacOS ? darwin.st_mode : freebsd.st_mode;
    }
}

namespace Unp.Net.Abi.Linux.X64
{
    [StructLayout(LayoutKind.Explicit, Size = 144)]
    struct stat
    {
        [FieldOffset(24)] public uint st_mode;
    }
}

namespace Unp.Net.Abi.Linux.Arm64
{
    [StructLayout(LayoutKind.Explicit, Size = 128)]
    struct stat
    {
        [FieldOffset(16)] public uint st_mode;
    }
}

namespace Unp.Net.Abi.Darwin
{
    [StructLayout(LayoutKind.Explicit, Size = 144)]
    struct stat
    {
        [FieldOffset(4)] public ushort st_mode;
    }
}

namespace Unp.Net.Abi.FreeBsd
{
    [StructLayout(LayoutKind.Explicit, Size = 224)]
    struct stat
    {
        [FieldOffset(24)] public ushort st_mode;
    }
}
