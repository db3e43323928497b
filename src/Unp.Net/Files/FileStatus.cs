using static Unp.Net.Libc;

namespace Unp.Net;

/// <summary>The status of an open file, as returned by <see cref="Libunp.Fstat"/>.</summary>
/// <param name="Mode">Type and permission bits (st_mode): S_IFREG, S_IRUSR...</param>
/// <param name="Size">The size of a file in bytes (st_size); undefined for other descriptors.</param>
/// <param name="Modified">
/// The time of the last change of the contents (st_mtim), in units of 100 ns. A time before year 1 or after 9999 becomes the nearest of the
/// two limits.
/// </param>
/// <param name="UserId">The id of the owner (st_uid).</param>
public readonly record struct FileStatus(int Mode, long Size, DateTimeOffset Modified, uint UserId)
{
    /// <summary>Gets whether it is a regular file.</summary>
    public bool IsFile => (Mode & S_IFMT) == S_IFREG;

    /// <summary>Gets whether it is a directory.</summary>
    public bool IsDirectory => (Mode & S_IFMT) == S_IFDIR;

    /// <summary>Gets whether it is a socket. The book tests this with <c>isfdtype</c> (UNP 3.11).</summary>
    public bool IsSocket => (Mode & S_IFMT) == S_IFSOCK;
}
