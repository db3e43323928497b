using static Unp.Net.Libc;

namespace Unp.Net;

public static unsafe partial class Libunp
{
    /// <summary><c>waitpid(2)</c>: waits until a child ends, and collects its status, so that no zombie is left (UNP 5.10).</summary>
    /// <remarks>
    /// If <paramref name="pid"/> is not one child's id, the call may collect the status of children that other code has started.
    /// System.Diagnostics.Process, for example, then never gets the exit code.
    /// </remarks>
    /// <param name="pid">A child; -1 for any child; 0 or less than -1 for any child of a process group.</param>
    /// <param name="status">The child's status; undefined if the result is 0.</param>
    /// <param name="options">0, or a combination of WNOHANG, WUNTRACED and WCONTINUED.</param>
    /// <returns>The child's id, or 0 with WNOHANG if no child has changed its state.</returns>
    /// <exception cref="UnpException">
    /// ECHILD: there is no such child, other code has collected its status, or SIGCHLD is ignored; EINVAL.
    /// </exception>
    /// <example>
    /// All children that have ended, without waiting for the others:
    /// <code>
    /// try
    /// {
    ///     while (Waitpid(-1, out WaitStatus status, WNOHANG) is > 0 and int pid)
    ///         Console.WriteLine($"child {pid}: {status}");
    /// }
    /// catch (UnpException e) when (e.Errno == Errno.ECHILD)
    /// {
    ///     // no child is left
    /// }
    /// </code>
    /// </example>
    /// <seealso href="https://man7.org/linux/man-pages/man2/waitpid.2.html">waitpid(2)</seealso>
    public static int Waitpid(int pid, out WaitStatus status, int options = 0)
    {
        int value = 0, child;
        do
            child = waitpid(pid, &value, options);
        while (Interrupted(child));
        status = new WaitStatus(value);
        return child >= 0 ? child : throw Failed("waitpid", $"{pid}");
    }

    /// <summary><c>wait(2)</c>: waits until any child ends (figure 5.7). See the remarks of <see cref="Waitpid"/>.</summary>
    /// <param name="status">The child's status.</param>
    /// <returns>The child's id.</returns>
    /// <exception cref="UnpException">ECHILD: there are no children.</exception>
    /// <seealso href="https://man7.org/linux/man-pages/man2/wait.2.html">wait(2)</seealso>
    public static int Wait(out WaitStatus status) => Waitpid(-1, out status);

    /// <summary><c>kill(2)</c>: sends a signal to a process, a process group or all processes.</summary>
    /// <param name="pid">
    /// A process (positive), the caller's process group (0), another group (its negative id), or all processes (-1).
    /// </param>
    /// <param name="signo">The signal, or 0 to check whether the process exists.</param>
    /// <exception cref="UnpException">
    /// ESRCH, EPERM; EINVAL: the kernel does not know the signal. The message names the process and the signal.
    /// </exception>
    /// <seealso href="https://man7.org/linux/man-pages/man2/kill.2.html">kill(2)</seealso>
    public static void Kill(int pid, int signo)
    {
        if (kill(pid, signo) < 0)
            throw Failed("kill", $"process {pid}, signal {signo}");
    }
}
