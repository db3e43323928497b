using System.Runtime.InteropServices;

namespace Unp.Net;

/// <summary>
/// Attributes of a child to be started, opaque: <c>posix_spawnattr_init</c> and its relatives know what is in it. Of the size that glibc and musl have; on
/// the BSDs it is a pointer, for which there is room at the beginning. (posix_spawnattr_init(3))
/// </summary>
[StructLayout(LayoutKind.Sequential, Size = 336)]
public struct posix_spawnattr_t
{
    nint __pointer;
}

/// <summary>
/// What a child does with its descriptors before it executes, opaque: <c>posix_spawn_file_actions_init</c> and its relatives know what is in it. Of the
/// size that glibc and musl have; on the BSDs it is a pointer. (posix_spawn_file_actions_init(3))
/// </summary>
[StructLayout(LayoutKind.Sequential, Size = 80)]
public struct posix_spawn_file_actions_t
{
    nint __pointer;
}
