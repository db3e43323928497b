namespace Unp.Net;

/// <summary>
/// A lock on a range of bytes of a file (figure 30.16, <c>fcntl(2)</c>). <c>Fcntl(fd, F_SETLKW, new RecordLock(F_WRLCK))</c> locks the
/// whole file.
/// </summary>
/// <remarks>
/// <para>F_SETLK and F_SETLKW set a lock of the process. Threads of one process do not exclude each other, and a child inherits no locks.
/// The process loses the lock when it closes <em>any</em> descriptor of the file.</para>
/// <para>F_OFD_SETLK and F_OFD_SETLKW (Linux) set a lock of the open file. All processes that inherited the descriptor share it. To be
/// excluded, a thread or process must open the file separately.</para>
/// </remarks>
/// <param name="Type">F_RDLCK (shared), F_WRLCK (exclusive) or F_UNLCK (release).</param>
/// <param name="Start">The first byte, relative to <paramref name="Whence"/>.</param>
/// <param name="Length">The number of bytes; 0 means up to the end of the file, even if the file grows.</param>
/// <param name="Whence">SEEK_SET, SEEK_CUR or SEEK_END.</param>
/// <param name="ProcessId">The owner that F_GETLK reports; -1 for a lock of an open file. Otherwise 0.</param>
/// <example>
/// A lock of the first 10 bytes. A process loses all its locks of a file when it closes any descriptor of that file:
/// <code>
/// Fcntl(file, F_SETLKW, new RecordLock(F_WRLCK, Start: 0, Length: 10));
/// Writen(file, "0123456789"u8);
/// Fcntl(file, F_SETLK, new RecordLock(F_UNLCK, Start: 0, Length: 10));
/// </code>
/// </example>
public readonly record struct RecordLock(int Type, long Start = 0, long Length = 0, int Whence = Libc.SEEK_SET, int ProcessId = 0);
