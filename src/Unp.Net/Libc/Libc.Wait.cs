using System.Runtime.InteropServices;

namespace Unp.Net;

// <sys/wait.h>
public static unsafe partial class Libc
{
    /// <summary><c>waitpid(2)</c>: waits for a child to end, and takes its status.</summary>
    /// <param name="pid">A child; -1: any; 0 or less than -1: any of a process group.</param>
    /// <param name="wstatus">How it ended (see <see cref="WaitStatus"/>), or null.</param>
    /// <param name="options">0, or WNOHANG, WUNTRACED and WCONTINUED ored.</param>
    /// <returns>The child, 0 with WNOHANG when none has anything to tell, or -1: ECHILD (no such child), EINTR, EINVAL.</returns>
    [LibraryImport(LibraryName, SetLastError = true)]
    public static partial int waitpid(int pid, int* wstatus, int options);

    /// <summary><c>waitid(2)</c>: waits for a child; with WNOWAIT it can be waited for again.</summary>
    /// <param name="idtype">P_PID, P_PGID or P_ALL.</param>
    /// <param name="id">A process or process group.</param>
    /// <param name="infop">A <c>siginfo_t</c> that tells what happened: 128 bytes.</param>
    /// <param name="options">WEXITED, WSTOPPED and WCONTINUED, with WNOHANG and WNOWAIT ored.</param>
    /// <returns>0, or -1: ECHILD (no such child), EINTR, EINVAL.</returns>
    [LibraryImport(LibraryName, SetLastError = true)]
    public static partial int waitid(int idtype, uint id, void* infop, int options);
}
