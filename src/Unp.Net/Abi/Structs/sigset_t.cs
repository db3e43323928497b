using System.Runtime.InteropServices;

namespace Unp.Net.Abi
{
    /// <summary>
    /// A set of signals, large enough for the <c>sigset_t</c> of any C library. The functions of C (<c>sigaddset</c>...) access its
    /// contents.
    /// </summary>
    [StructLayout(LayoutKind.Explicit)]
    struct sigset_t
    {
        [FieldOffset(0)] Linux.sigset_t linux;
        [FieldOffset(0)] Darwin.sigset_t darwin;
        [FieldOffset(0)] FreeBsd.sigset_t freebsd;
    }
}

namespace Unp.Net.Abi.Linux
{
    /// <summary>A set of signals. The set of the C library is longer than the kernel's 8 bytes.</summary>
    unsafe struct sigset_t
    {
        fixed ulong __val[16];
    }
}

namespace Unp.Net.Abi.Darwin
{
    /// <summary>A set of signals.</summary>
    struct sigset_t
    {
        uint __bits;
    }
}

namespace Unp.Net.Abi.FreeBsd
{
    /// <summary>A set of signals.</summary>
    unsafe struct sigset_t
    {
        fixed uint __bits[4];
    }
}
