using System.Runtime.InteropServices;

namespace Unp.Net.Abi
{
    /// <summary>A result of <c>getgrnam</c>.</summary>
    unsafe struct group
    {
        public byte* gr_name;
        public byte* gr_passwd;
        public uint gr_gid;
        public byte** gr_mem;
    }
}

namespace Unp.Net.Abi.Linux
{
    /// <summary>A result of <c>getpwnam</c>.</summary>
    [StructLayout(LayoutKind.Explicit, Size = 48)]
    struct passwd
    {
        [FieldOffset(16)] public uint pw_uid;
        [FieldOffset(20)] public uint pw_gid;
    }
}

namespace Unp.Net.Abi.Darwin
{
    [StructLayout(LayoutKind.Explicit, Size = 72)]
    struct passwd
    {
        [FieldOffset(16)] public uint pw_uid;
        [FieldOffset(20)] public uint pw_gid;
    }
}

namespace Unp.Net.Abi.FreeBsd
{
    [StructLayout(LayoutKind.Explicit, Size = 80)]
    struct passwd
    {
        [FieldOffset(16)] public uint pw_uid;
        [FieldOffset(20)] public uint pw_gid;
    }
}
