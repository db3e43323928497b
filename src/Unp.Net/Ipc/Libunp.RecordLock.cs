using System.Runtime.InteropServices;
using static Unp.Net.Libc;

namespace Unp.Net;

public static partial class Libunp
{
    /// <summary><c>fcntl(2)</c> with a record lock (figure 30.16). F_SETLKW goes on waiting after a signal, as the figure's loop does.</summary>
    /// <param name="fd">A file; open for reading for F_RDLCK, for writing for F_WRLCK.</param>
    /// <param name="cmd">
    /// F_SETLK, F_SETLKW: take or release, of the process. F_OFD_SETLK, F_OFD_SETLKW: of the open file (Linux). The W waits. F_GETLK, F_OFD_GETLK: look.
    /// </param>
    /// <param name="record">Which bytes, and how.</param>
    /// <returns>For F_GETLK and F_OFD_GETLK the lock that is in the way, of type F_UNLCK if there is none; for the others what was given.</returns>
    /// <exception cref="UnpException">
    /// EAGAIN or EACCES: another process has it (F_SETLK, F_OFD_SETLK); EDEADLK: its owner waits for a lock of ours; EBADF: not open for that; EINVAL: no such
    /// type or whence; ENOLCK.
    /// </exception>
    /// <exception cref="ArgumentOutOfRangeException">
    /// <paramref name="cmd"/> is no command of locks, or the type or whence of <paramref name="record"/> does not fit into 16 bits.
    /// </exception>
    public static RecordLock Fcntl(SafeHandle fd, int cmd, RecordLock record)
    {
        Check(fd);
        if (!IsLockCommand(cmd))
            throw new ArgumentOutOfRangeException(nameof(cmd), cmd, "The command takes no lock: give it a number, or none.");
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
        || (OperatingSystem.IsLinux() && (cmd == F_OFD_GETLK || cmd == F_OFD_SETLK || cmd == F_OFD_SETLKW));
}
