using System.Runtime.InteropServices;

namespace Unp.Net;

public static partial class Libunp
{
    /// <summary>Handles a signal (figure 5.6).</summary>
    /// <remarks>
    /// A managed handler cannot run inside the interrupted thread as C's does: it runs on the thread pool shortly after, and blocked calls are
    /// restarted. Signals that come while one is pending are merged, as in C; one that was ignored (SIGPIPE, by the runtime) is so no more.
    /// </remarks>
    /// <param name="signo">SIGINT, SIGCHLD, SIGALRM, SIGPIPE...: any the system has but SIGKILL and SIGSTOP, and those that the runtime lives by
    /// (SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGTRAP, SIGRTMIN).</param>
    /// <param name="handler">Called with the signal's number, in place of the default action.</param>
    /// <returns>The handler's registration: disposing it restores what was done before, also to a signal whose handler has yet to run.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no such signal, or it cannot be handled.</exception>
    public static IDisposable Signal(int signo, Action<int> handler)
    {
        ArgumentNullException.ThrowIfNull(handler);
        if (!SignalAction.CanBeHandled(signo))
            throw new ArgumentOutOfRangeException(nameof(signo), signo, "No signal that can be handled.");
        SignalAction.StopIgnoring(signo);
        return PosixSignalRegistration.Create((PosixSignal)signo, context =>
        {
            context.Cancel = true;
            handler(signo);
        });
    }
}
