namespace Unp.Net;

public static partial class Libunp
{
    /// <inheritdoc cref="Signal(int, Action{int})"/>
    /// <param name="signo">SIGINT, SIGCHLD, SIGALRM, SIGPIPE...</param>
    /// <param name="handler">
    /// Called with the signal's number, in place of the default action. If its task fails, the exception ends the process, like an
    /// exception of any handler. Another signal calls the handler again even while its task is running.
    /// </param>
    public static IDisposable Signal(int signo, Func<int, Task> handler)
    {
        ArgumentNullException.ThrowIfNull(handler);
        return Signal(signo, Synchronous(handler));
    }

    /// <inheritdoc cref="WatchSignal(int, Action{int})"/>
    /// <param name="signo">Any signal that is valid for <see cref="Signal(int, Action{int})"/>.</param>
    /// <param name="handler">Called with the signal's number. If its task fails, the exception ends the process.</param>
    public static IDisposable WatchSignal(int signo, Func<int, Task> handler)
    {
        ArgumentNullException.ThrowIfNull(handler);
        return WatchSignal(signo, Synchronous(handler));
    }

    // async void, so that an exception ends the process.
    static Action<int> Synchronous(Func<int, Task> handler) => async number => await handler(number).ConfigureAwait(false);
}
