namespace Unp.Net;

/// <summary>
/// A lock of some bytes of a file, which fcntl(2) takes, releases and looks up: <c>Fcntl(fd, F_SETLKW, new RecordLock(F_WRLCK))</c> takes the whole file
/// (figure 30.16).
/// </summary>
/// <remarks>
/// With F_SETLK and F_SETLKW it is the process's, whatever descriptor it was taken by: threads of one process do not exclude each other, a child has none
/// of its parent's, and it is gone when the process closes <em>any</em> descriptor of the file. With F_OFD_SETLK and F_OFD_SETLKW (Linux) it is the open
/// file's: all who have inherited the descriptor hold it together, and who wants to be excluded opens the file anew.
/// </remarks>
/// <param name="Type">F_RDLCK (shared), F_WRLCK (exclusive), F_UNLCK (release).</param>
/// <param name="Start">The first byte, from where <paramref name="Whence"/> says.</param>
/// <param name="Length">How many bytes; 0: to the end, however far the file grows.</param>
/// <param name="Whence">SEEK_SET, SEEK_CUR or SEEK_END.</param>
/// <param name="ProcessId">What F_GETLK tells: who has it; -1 for an open file's lock. Otherwise 0.</param>
public readonly record struct RecordLock(int Type, long Start = 0, long Length = 0, int Whence = Libc.SEEK_SET, int ProcessId = 0);
