namespace Unp.Net;

public static partial class Libunp
{
    /// <summary>Handles a signal (figure 5.6). The handler replaces the handler of an earlier call, as in C.</summary>
    /// <remarks>
    /// <para>The handler belongs to the process. It stays until another call replaces it or its handle is disposed, even if the handle is
    /// not kept.</para>
    /// <para>A managed handler cannot run inside the interrupted thread as C's handler does. It runs on the thread pool shortly after, and
    /// blocked calls are restarted. Signals that arrive while one is pending are merged, as in C. A signal that was ignored (SIGPIPE, by
    /// the runtime) is no longer ignored.</para>
    /// <para>Two other kinds of handlers run in addition: those of <see cref="WatchSignal(int, Action{int})"/> and of
    /// <see cref="System.Runtime.InteropServices.PosixSignalRegistration"/>.</para>
    /// </remarks>
    /// <param name="signo">
    /// Any signal of the system, such as SIGINT, SIGCHLD, SIGALRM or SIGPIPE. Not allowed are SIGKILL, SIGSTOP, and the signals that the
    /// runtime needs: SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGTRAP, SIGRTMIN.
    /// </param>
    /// <param name="handler">Called with the signal's number, in place of the default action.</param>
    /// <returns>
    /// A handle whose disposal restores the previous handler or action, even for a signal whose handler has not run yet. If the handler has
    /// been replaced since, the replacement stays, and the disposed handler is never restored.
    /// </returns>
    /// <exception cref="ArgumentOutOfRangeException">The signal does not exist or cannot be handled.</exception>
    /// <example>
    /// The handler runs on another thread, so it wakes the program's own wait:
    /// <code>
    /// using IDisposable registration = Signal(SIGTERM, _ => poller.Wake());
    /// </code>
    /// </example>
    /// <seealso href="https://man7.org/linux/man-pages/man2/sigaction.2.html">sigaction(2)</seealso>
    public static IDisposable Signal(int signo, Action<int> handler)
    {
        CheckHandler(signo, handler);
        return SignalHandlers.Replace(signo, handler, isInterrupting: false);
    }

    /// <summary>
    /// Handles a signal as <see cref="Signal(int, Action{int})"/> does, but the system call that it interrupts fails with EINTR instead of
    /// being restarted (UNP 5.9, 18.2).
    /// </summary>
    /// <remarks>
    /// <para>The kernel interrupts the thread that takes the signal: the thread that <see cref="Libc.tgkill"/> names, or for a signal to
    /// the process the main thread, unless that blocks it. A signal that arrives before the call interrupts nothing (UNP 20.5).</para>
    /// <para>The handler runs on the thread pool, perhaps after the call has returned. EINTR comes from the functions of
    /// <see cref="Libc"/>. Those of <see cref="Libunp"/> make their call again, except <see cref="Pselect"/>, <see cref="Ppoll"/> and
    /// <see cref="Epoll_pwait2"/>.</para>
    /// </remarks>
    /// <param name="signo">The signal, as in <see cref="Signal(int, Action{int})"/>.</param>
    /// <param name="handler">Called with the signal's number, in place of the default action.</param>
    /// <returns>A handle whose disposal restores the previous handler or action, and whether calls are restarted.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The signal does not exist or cannot be handled.</exception>
    /// <example>
    /// A limit for one call:
    /// <code>
    /// using IDisposable registration = Signal_intr(SIGALRM, _ => { });
    /// int thread = gettid();
    /// using var alarm = new Timer(_ => tgkill(getpid(), thread, SIGALRM), null, 5000, Timeout.Infinite);
    /// if (recv(fd, buffer, 0) &lt; 0 &amp;&amp; Errno.Last == Errno.EINTR)
    ///     Console.Error.WriteLine("no answer for five seconds");
    /// </code>
    /// </example>
    /// <seealso href="https://man7.org/linux/man-pages/man3/siginterrupt.3.html">siginterrupt(3)</seealso>
    public static IDisposable Signal_intr(int signo, Action<int> handler)
    {
        CheckHandler(signo, handler);
        return SignalHandlers.Replace(signo, handler, isInterrupting: true);
    }

    /// <summary>
    /// Handles a signal in place of its default action, in addition to the program's handler (<see cref="Signal(int, Action{int})"/>) and
    /// other watches. All of them run, the program's handler first. It is meant for libraries: <see cref="WorkerPool.Run"/>,
    /// <see cref="Worker"/> and daemons use it.
    /// </summary>
    /// <remarks>
    /// The watch belongs to the process until it is disposed, even if the result is not kept. It runs as the handler of
    /// <see cref="Signal(int, Action{int})"/> does.
    /// </remarks>
    /// <param name="signo">The signal, as in <see cref="Signal(int, Action{int})"/>.</param>
    /// <param name="handler">Called with the signal's number.</param>
    /// <returns>The watch. Dispose it to end it.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The signal does not exist or cannot be handled.</exception>
    public static IDisposable WatchSignal(int signo, Action<int> handler)
    {
        CheckHandler(signo, handler);
        return SignalHandlers.Watch(signo, handler);
    }

    static void CheckHandler(int signo, Action<int> handler)
    {
        ArgumentNullException.ThrowIfNull(handler);
        if (!SignalAction.CanBeHandled(signo))
            throw new ArgumentOutOfRangeException(nameof(signo), signo, "The signal does not exist or cannot be handled.");
    }
}
