using System.Runtime.InteropServices;

// A mutex and its attributes, as opaque structures for pthread_mutex_init and similar functions. On FreeBSD both are pointers.
// (pthread_mutex_init(3), pthread_mutexattr_init(3))
namespace Unp.Net.Abi
{
    /// <summary>Space for a mutex of any system, so its size in shared memory is always the same.</summary>
    [StructLayout(LayoutKind.Explicit)]
    struct mutex_room
    {
        [FieldOffset(0)] Linux.X64.pthread_mutex_t x64;
        [FieldOffset(0)] Linux.Arm64.pthread_mutex_t arm64;
        [FieldOffset(0)] FreeBsd.pthread_mutex_t freebsd;
    }

    /// <summary>Space for the attributes of a mutex of any system.</summary>
    [StructLayout(LayoutKind.Explicit)]
    struct mutexattr_room
    {
        [FieldOffset(0)] Linux.X64.pthread_mutexattr_t x64;
        [FieldOffset(0)] Linux.Arm64.pthread_mutexattr_t arm64;
        [FieldOffset(0)] FreeBsd.pthread_mutexattr_t freebsd;
    }
}

namespace Unp.Net.Abi.Linux.X64
{
    [StructLayout(LayoutKind.Sequential, Size = 40)]
    struct pthread_mutex_t
    {
        nint __data;
    }

    [StructLayout(LayoutKind.Sequential, Size = 4)]
    struct pthread_mutexattr_t
    {
        int __data;
    }
}

namespace Unp.Net.Abi.Linux.Arm64
{
    // The sizes of glibc. musl has the sizes of x86-64.
    [StructLayout(LayoutKind.Sequential, Size = 48)]
    struct pthread_mutex_t
    {
        nint __data;
    }

    [StructLayout(LayoutKind.Sequential, Size = 8)]
    struct pthread_mutexattr_t
    {
        int __data;
    }
}

namespace Unp.Net.Abi.FreeBsd
{
    struct pthread_mutex_t
    {
        nint __pointer;
    }

    struct pthread_mutexattr_t
    {
        nint __pointer;
    }
}
