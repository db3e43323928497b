namespace Unp.Net;

public static partial class Libunp
{
    /// <summary>Handles a signal (figure 5.6). The handler replaces the one that an earlier call has installed, as in C.</summary>
    /// <remarks>
    /// <para>The handler belongs to the process: it stays until another call replaces it or its handle is disposed. A handle that is not
    /// kept changes nothing.</para>
    /// <para>A managed handler cannot run inside the interrupted thread as C's does: it runs on the thread pool shortly after, and blocked
    /// calls are restarted. Signals that come while one is pending are merged, as in C. A signal that was ignored (SIGPIPE, by the runtime)
    /// is no longer.</para>
    /// <para>Handlers of other kinds run beside it: those of <see cref="WatchSignal(int, Action{int})"/> and of
    /// <see cref="System.Runtime.InteropServices.PosixSignalRegistration"/>.</para>
    /// </remarks>
    /// <param name="signo">SIGINT, SIGCHLD, SIGALRM, SIGPIPE...: any signal of the system but SIGKILL and SIGSTOP, and those that the
    /// runtime lives by (SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGTRAP, SIGRTMIN).</param>
    /// <param name="handler">Called with the signal's number, in place of the default action.</param>
    /// <returns>
    /// The handle that restores the previous handler or action when it is disposed, also for a signal whose handler has yet to run. If the
    /// handler was replaced meanwhile, the replacement stays, and no later handle restores the disposed one.
    /// </returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no such signal, or it cannot be handled.</exception>
    public static IDisposable Signal(int signo, Action<int> handler)
    {
        CheckHandler(signo, handler);
        return SignalHandlers.Replace(signo, handler);
    }

    /// <summary>
    /// Handles a signal in place of its default action, beside the program's handler (<see cref="Signal(int, Action{int})"/>) and other
    /// watches. All of them run, the program's handler first. For libraries: <see cref="WorkerPool.Run"/>, <see cref="Worker"/> and a
    /// daemon handle their signals by it.
    /// </summary>
    /// <remarks>
    /// The watch belongs to the process until it is disposed. A result that is not kept changes nothing. The watch runs as the handler of
    /// <see cref="Signal(int, Action{int})"/> does.
    /// </remarks>
    /// <param name="signo">As of <see cref="Signal(int, Action{int})"/>.</param>
    /// <param name="handler">Called with the signal's number.</param>
    /// <returns>The watch; disposing it ends it.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no such signal, or it cannot be handled.</exception>
    public static IDisposable WatchSignal(int signo, Action<int> handler)
    {
        CheckHandler(signo, handler);
        return SignalHandlers.Watch(signo, handler);
    }

    static void CheckHandler(int signo, Action<int> handler)
    {
        ArgumentNullException.ThrowIfNull(handler);
        if (!SignalAction.CanBeHandled(signo))
            throw new ArgumentOutOfRangeException(nameof(signo), signo, "No signal that can be handled.");
    }
}
