namespace Unp.Samples;

/// <summary>
/// C's <c>alarm</c> for one thread: it sends a real SIGALRM. A signal of <c>alarm(2)</c> goes to the process, where a thread of the
/// runtime takes it while this thread blocks it.
/// </summary>
sealed class Alarm : IDisposable
{
    readonly Timer timer;

    /// <summary>Creates the alarm of the calling thread.</summary>
    public Alarm()
    {
        int thread = OperatingSystem.IsLinux() ? gettid() : 0;
        timer = new Timer(_ => SendTo(thread, SIGALRM));
    }

    /// <summary>Sends SIGALRM after a number of seconds, and cancels an earlier request. With 0 it only cancels.</summary>
    public void Set(int seconds) =>
        timer.Change(seconds == 0 ? Timeout.InfiniteTimeSpan : TimeSpan.FromSeconds(seconds), Timeout.InfiniteTimeSpan);

    /// <summary>Sends a signal to a thread. Systems without <c>tgkill(2)</c> send it to the process.</summary>
    public static void SendTo(int thread, int signo) =>
        _ = OperatingSystem.IsLinux() ? tgkill(getpid(), thread, signo) : kill(getpid(), signo);

    public void Dispose() => timer.Dispose();
}
