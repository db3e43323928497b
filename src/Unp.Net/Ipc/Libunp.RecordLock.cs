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
    /// EAGAIN or EACCES: somebody has it (F_SETLK, F_OFD_SETLK); EDEADLK: who has it waits for one of ours; EBADF: not open for that; EINVAL; ENOLCK.
    /// </exception>
    public static RecordLock Fcntl(SafeHandle fd, int cmd, RecordLock record)
    {
        Check(fd);
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
}
