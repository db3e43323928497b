using System.Runtime.InteropServices;
using Unp.Net.Abi;
using static Unp.Net.Libc;

namespace Unp.Net;

public static partial class Libunp
{
    /// <summary>Takes, releases or looks up a record lock (figure 30.16, <c>fcntl(2)</c>).</summary>
    /// <remarks>F_SETLKW continues to wait after a signal, as the figure's loop does.</remarks>
    /// <param name="fd">A file; open for reading for F_RDLCK, for writing for F_WRLCK.</param>
    /// <param name="cmd">
    /// F_SETLK or F_SETLKW sets a lock of the process; F_OFD_SETLK or F_OFD_SETLKW sets one of the open file (Linux). The commands with a W
    /// wait. F_GETLK and F_OFD_GETLK look a lock up.
    /// </param>
    /// <param name="record">The range of bytes and the type of the lock.</param>
    /// <returns>
    /// For F_GETLK and F_OFD_GETLK the conflicting lock, or the type F_UNLCK if there is none. For other commands
    /// <paramref name="record"/>.
    /// </returns>
    /// <exception cref="UnpException">
    /// EAGAIN or EACCES: another process holds the lock (F_SETLK, F_OFD_SETLK); EDEADLK: its owner waits for a lock of this process; EBADF:
    /// the file is not open for this type; EINVAL: the type or whence is invalid; ENOLCK.
    /// </exception>
    /// <exception cref="ArgumentOutOfRangeException">
    /// <paramref name="cmd"/> is not a lock command, or the type or whence of <paramref name="record"/> does not fit into 16 bits.
    /// </exception>
    /// <seealso href="https://man7.org/linux/man-pages/man2/fcntl.2.html">fcntl(2)</seealso>
    public static RecordLock Fcntl(SafeHandle fd, int cmd, RecordLock record)
    {
        Check(fd);
        if (!IsLockCommand(cmd))
            throw new ArgumentOutOfRangeException(nameof(cmd), cmd, "The command must be a lock command. Use another overload of Fcntl.");
        RecordLock result;
        int status;
        do
        {
            result = record;
            status = fcntl(fd, cmd, ref result);
        }
        while (Interrupted(status));
        return status >= 0 ? result : throw Failed("fcntl", $"{fd}");
    }

    static bool IsLockCommand(int cmd) =>
        cmd == F_GETLK || cmd == F_SETLK || cmd == F_SETLKW
        || (Target.IsLinux && (cmd == F_OFD_GETLK || cmd == F_OFD_SETLK || cmd == F_OFD_SETLKW));
}
