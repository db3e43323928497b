using System.Runtime.InteropServices;

namespace Unp.Net.Abi
{
    /// <summary>The status of a file, from the <c>struct stat</c>, which differs between systems.</summary>
    [StructLayout(LayoutKind.Explicit)]
    struct any_stat
    {
        [FieldOffset(0)] Linux.X64.stat x64;
        [FieldOffset(0)] Linux.Arm64.stat arm64;
        [FieldOffset(0)] Darwin.stat darwin;
        [FieldOffset(0)] FreeBsd.stat freebsd;

        public readonly int Mode =>
            Target.IsLinux ? (int)(Target.IsArm64 ? arm64.st_mode : x64.st_mode)
            : Target.IsMacOS ? darwin.st_mode : freebsd.st_mode;

        public readonly uint UserId =>
            Target.IsLinux ? (Target.IsArm64 ? arm64.st_uid : x64.st_uid)
            : Target.IsMacOS ? darwin.st_uid : freebsd.st_uid;

        public readonly long Size =>
            Target.IsLinux ? (Target.IsArm64 ? arm64.st_size : x64.st_size)
            : Target.IsMacOS ? darwin.st_size : freebsd.st_size;

        public readonly timespec Modified =>
            Target.IsLinux ? (Target.IsArm64 ? arm64.st_mtim : x64.st_mtim)
            : Target.IsMacOS ? new timespec { tv_sec = (nint)darwin.st_mtime, tv_nsec = (nint)darwin.st_mtime_nsec } : freebsd.st_mtim;
    }
}

namespace Unp.Net.Abi.Linux.X64
{
    [StructLayout(LayoutKind.Explicit, Size = 144)]
    struct stat
    {
        [FieldOffset(24)] public uint st_mode;
        [FieldOffset(28)] public uint st_uid;
        [FieldOffset(48)] public long st_size;
        [FieldOffset(88)] public timespec st_mtim;
    }
}

namespace Unp.Net.Abi.Linux.Arm64
{
    [StructLayout(LayoutKind.Explicit, Size = 128)]
    struct stat
    {
        [FieldOffset(16)] public uint st_mode;
        [FieldOffset(24)] public uint st_uid;
        [FieldOffset(48)] public long st_size;
        [FieldOffset(88)] public timespec st_mtim;
    }
}

namespace Unp.Net.Abi.Darwin
{
    [StructLayout(LayoutKind.Explicit, Size = 144)]
    struct stat
    {
        [FieldOffset(4)] public ushort st_mode;
        [FieldOffset(16)] public uint st_uid;
        [FieldOffset(48)] public long st_mtime;
        [FieldOffset(56)] public long st_mtime_nsec;
        [FieldOffset(96)] public long st_size;
    }
}

namespace Unp.Net.Abi.FreeBsd
{
    [StructLayout(LayoutKind.Explicit, Size = 224)]
    struct stat
    {
        [FieldOffset(24)] public ushort st_mode;
        [FieldOffset(28)] public uint st_uid;
        [FieldOffset(64)] public timespec st_mtim;
        [FieldOffset(112)] public long st_size;
    }
}
