using System.Runtime.InteropServices;

namespace Unp.Net;

/// <summary>
/// Attributes of a new child, as an opaque structure for <c>posix_spawnattr_init</c> and similar functions. It has the size of glibc and
/// musl; the
/// BSDs store a pointer at its start. (posix_spawnattr_init(3))
/// </summary>
[StructLayout(LayoutKind.Sequential, Size = 336)]
public struct posix_spawnattr_t
{
    nint __pointer;

    /// <summary>Returns the size, because the contents belong to the C library.</summary>
    public override readonly string ToString() => "{336 bytes}";
}

/// <summary>
/// Actions on the descriptors of a new child, as an opaque structure for <c>posix_spawn_file_actions_init</c> and similar functions. It has
/// the size
/// of glibc and musl; the BSDs store a pointer at its start. (posix_spawn_file_actions_init(3))
/// </summary>
[StructLayout(LayoutKind.Sequential, Size = 80)]
public struct posix_spawn_file_actions_t
{
    nint __pointer;

    /// <summary>Returns the size, because the contents belong to the C library.</summary>
    public override readonly string ToString() => "{80 bytes}";
}
