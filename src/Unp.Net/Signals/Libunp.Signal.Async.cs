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
        return Signal(signo, (Action<int>)Handle);

        // async void is what lets an exception end the process.
        async void Handle(int number) => await handler(number).ConfigureAwait(false);
    }
}
