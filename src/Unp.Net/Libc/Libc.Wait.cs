using System.Runtime.InteropServices;

namespace Unp.Net;

// <sys/wait.h>
public static unsafe partial class Libc
{
    /// <summary><c>waitpid(2)</c>: waits for a child to end, and reaps it.</summary>
    /// <param name="pid">A child; -1: any child; 0 or less than -1: any child of a process group.</param>
    /// <param name="wstatus">Receives the status of the child (see <see cref="WaitStatus"/>), or null.</param>
    /// <param name="options">0, or WNOHANG, WUNTRACED and WCONTINUED combined.</param>
    /// <returns>The child, 0 with WNOHANG if no child has changed state, or -1: ECHILD (no such child), EINTR, EINVAL.</returns>
    /// <seealso href="https://man7.org/linux/man-pages/man2/waitpid.2.html">waitpid(2)</seealso>
    [LibraryImport(LibraryName, SetLastError = true)]
    public static partial int waitpid(int pid, int* wstatus, int options);

    /// <summary><c>waitid(2)</c>: waits for a child. With WNOWAIT the child can be waited for again.</summary>
    /// <param name="idtype">P_PID, P_PGID or P_ALL.</param>
    /// <param name="id">A process or process group.</param>
    /// <param name="infop">Receives a <c>siginfo_t</c> of 128 bytes with the event.</param>
    /// <param name="options">WEXITED, WSTOPPED and WCONTINUED, with WNOHANG and WNOWAIT combined.</param>
    /// <returns>0, or -1: ECHILD (no such child), EINTR, EINVAL.</returns>
    /// <seealso href="https://man7.org/linux/man-pages/man2/waitid.2.html">waitid(2)</seealso>
    [LibraryImport(LibraryName, SetLastError = true)]
    public static partial int waitid(int idtype, uint id, void* infop, int options);
}
