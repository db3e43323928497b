using static Unp.Net.Libc;

namespace Unp.Net;

/// <summary>What <see cref="Libunp.Fstat"/> tells of an open file.</summary>
/// <param name="Mode">Type and permission bits (st_mode): S_IFREG, S_IRUSR...</param>
/// <param name="Size">The size of a file in bytes (st_size); of what is no file it says nothing.</param>
/// <param name="Modified">When its data were changed last (st_mtim), to the 100 ns. A time before year 1 or after 9999 is cut to that.</param>
/// <param name="UserId">The id of the owner (st_uid).</param>
public readonly record struct FileStatus(int Mode, long Size, DateTimeOffset Modified, uint UserId)
{
    /// <summary>Whether it is a regular file.</summary>
    public bool IsFile => (Mode & S_IFMT) == S_IFREG;

    /// <summary>Whether it is a directory.</summary>
    public bool IsDirectory => (Mode & S_IFMT) == S_IFDIR;

    /// <summary>Whether it is a socket: what the book's <c>isfdtype</c> is asked (section 3.11).</summary>
    public bool IsSocket => (Mode & S_IFMT) == S_IFSOCK;
}
