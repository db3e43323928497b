namespace Unp.Net;

public static partial class Libunp
{
    /// <inheritdoc cref="Signal(int, Action{int})"/>
    /// <param name="signo">SIGINT, SIGCHLD, SIGALRM, SIGPIPE...</param>
    /// <param name="handler">
    /// Called with the signal's number, in place of the default action. The exception of its task ends the process, as that of any handler
    /// does. The handler is called again for a signal that comes before its task has ended.
    /// </param>
    public static IDisposable Signal(int signo, Func<int, Task> handler)
    {
        ArgumentNullException.ThrowIfNull(handler);
        return Signal(signo, Synchronous(handler));
    }

    /// <inheritdoc cref="WatchSignal(int, Action{int})"/>
    /// <param name="signo">As of <see cref="Signal(int, Action{int})"/>.</param>
    /// <param name="handler">Called with the signal's number. The exception of its task ends the process.</param>
    public static IDisposable WatchSignal(int signo, Func<int, Task> handler)
    {
        ArgumentNullException.ThrowIfNull(handler);
        return WatchSignal(signo, Synchronous(handler));
    }

    // async void is what lets an exception end the process.
    static Action<int> Synchronous(Func<int, Task> handler) => async number => await handler(number).ConfigureAwait(false);
}
