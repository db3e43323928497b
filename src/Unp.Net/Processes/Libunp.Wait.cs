using static Unp.Net.Libc;

namespace Unp.Net;

public static unsafe partial class Libunp
{
    /// <summary><c>waitpid(2)</c>: waits for a child to end, and takes its status, so that no zombie is left (section 5.10).</summary>
    /// <remarks>
    /// With any other than a child's own id it takes the children of others too, those of System.Diagnostics.Process among them, which then never learn
    /// how they ended.
    /// </remarks>
    /// <param name="pid">A child; -1: any; 0 or less than -1: any of a process group.</param>
    /// <param name="status">How it ended; nothing when 0 is returned.</param>
    /// <param name="options">0, or WNOHANG, WUNTRACED and WCONTINUED ored.</param>
    /// <returns>The child; 0 with WNOHANG when none has anything to tell.</returns>
    /// <exception cref="UnpException">ECHILD: there is no such child, or somebody has waited for it, or SIGCHLD is ignored; EINVAL.</exception>
    public static int Waitpid(int pid, out WaitStatus status, int options = 0)
    {
        int value = 0, child;
        do
            child = waitpid(pid, &value, options);
        while (Interrupted(child));
        status = new WaitStatus(value);
        return child >= 0 ? child : throw Failed("waitpid", $"{pid}");
    }

    /// <summary><c>wait(2)</c>: waits for any child to end (figure 5.7). See the remarks of <see cref="Waitpid"/>.</summary>
    /// <param name="status">How it ended.</param>
    /// <returns>The child.</returns>
    /// <exception cref="UnpException">ECHILD: there are no children.</exception>
    public static int Wait(out WaitStatus status) => Waitpid(-1, out status);

    /// <summary><c>kill(2)</c>: sends a signal to a process (positive), a process group (0: the caller's, or negative) or all (-1).</summary>
    /// <param name="pid">The process or group.</param>
    /// <param name="signo">The signal, or 0 to find out whether there is such a process.</param>
    /// <exception cref="UnpException">
    /// ESRCH, EPERM; EINVAL: there is no such signal, as the kernel says. The message has process and signal.
    /// </exception>
    public static void Kill(int pid, int signo)
    {
        if (kill(pid, signo) < 0)
            throw Failed("kill", $"process {pid}, signal {signo}");
    }
}
