using System.Runtime.InteropServices;

namespace Unp.Net;

public static partial class Libunp
{
    /// <summary>
    /// Turns the program into a daemon (figure 13.4), and ends the process that was started with status 0. The daemon has no terminal, does
    /// not lead its session and runs in the directory <c>/</c>. Standard input, output and error are <c>/dev/null</c>; no other descriptor
    /// is inherited. SIGHUP has no effect. Errors go to syslogd (<see cref="err_ret(string)"/> and the other err_ functions).
    /// </summary>
    /// <remarks>
    /// <para>A managed process cannot fork, so the program starts itself again with its own command line. Code before this call runs in
    /// three processes, so call it first, after checking the arguments. The daemon keeps the environment and the umask.</para>
    /// <para>In the two processes that are not the daemon the call throws an <see cref="ExitException"/>, which
    /// <see cref="UnpProgram.Run(Action)"/> turns into the exit status:</para>
    /// <code>
    /// static int Main(string[] args) => UnpProgram.Run(() =>
    /// {
    ///     Daemon_init("myserver", LOG_DAEMON);
    ///     ...
    /// });
    /// </code>
    /// <para>To report by message and status that the daemon cannot start, use the overload with <c>open</c>.</para>
    /// </remarks>
    /// <param name="pname">The name before each message in the log.</param>
    /// <param name="facility">LOG_DAEMON, LOG_LOCAL0...; 0 is LOG_USER.</param>
    /// <exception cref="ExitException">This process is not the daemon. Exit with the status of the exception.</exception>
    /// <exception cref="UnpException">
    /// The program could not start itself again: EAGAIN, ENOENT (its file is gone), EMFILE, ENOMEM.
    /// </exception>
    /// <exception cref="InvalidOperationException">The process is already a daemon.</exception>
    /// <exception cref="PlatformNotSupportedException">FreeBSD, where posix_spawn cannot start a new session.</exception>
    public static void Daemon_init(string pname, int facility = 0) => Daemon_init(pname, facility, static () => []).Ready();

    /// <summary>
    /// Turns the program into a daemon as <see cref="Daemon_init(string, int)"/> does, and hands over descriptors that are opened first
    /// (figure 13.4). The first process waits until the daemon is ready.
    /// </summary>
    /// <remarks>
    /// <para>Only the first process calls <paramref name="open"/>; it has the user's terminal, directory and rights. If an address is in
    /// use, the first process exits with a message and status 1, and no daemon is started.</para>
    /// <para>The daemon receives the descriptors and must call <see cref="Daemon.Ready"/>. Until then it writes to the standard error of
    /// the first process. If it exits before, the first process exits with the same status.</para>
    /// <code>
    /// using Daemon daemon = Daemon_init("myserver", LOG_DAEMON, () => [Tcp_listen(null, "daytime")]);
    /// Fd listenfd = daemon.Descriptors[0];
    /// ReadConfiguration();
    /// daemon.Ready();
    /// </code>
    /// </remarks>
    /// <param name="pname">The name before each message in the log.</param>
    /// <param name="facility">LOG_DAEMON, LOG_LOCAL0...; 0 is LOG_USER.</param>
    /// <param name="open">Opens the descriptors to hand over. The first process closes them afterwards.</param>
    /// <exception cref="ExitException">This process is not the daemon. Exit with the status of the exception.</exception>
    /// <exception cref="UnpException">
    /// The program could not start itself again: EAGAIN, ENOENT (its file is gone), EMFILE, ENOMEM.
    /// </exception>
    /// <exception cref="InvalidOperationException">The process is already a daemon.</exception>
    /// <exception cref="PlatformNotSupportedException">FreeBSD, where posix_spawn cannot start a new session.</exception>
    /// <example>
    /// Errors up to <c>Ready</c> reach the user who started the program. <c>UnpProgram.Run</c> catches the exception that ends the first
    /// process:
    /// <code>
    /// UnpProgram.Run(() =>
    /// {
    ///     using Daemon daemon = Daemon_init("echod", LOG_DAEMON, () => [Tcp_listen(null, "7")]);
    ///     daemon.Ready();                          // the command that started the daemon returns now
    ///     using Fd connfd = Accept(daemon.Descriptors[0]);
    ///     Str_echo(connfd);
    /// });
    /// </code>
    /// </example>
    public static Daemon Daemon_init(string pname, int facility, Func<IReadOnlyList<SafeHandle>> open)
    {
        ArgumentException.ThrowIfNullOrEmpty(pname);
        ArgumentNullException.ThrowIfNull(open);
        if (DaemonState.IsDaemon)
            throw new InvalidOperationException("This process is already a daemon. Call Daemon_init only once.");
        return DaemonStart.Run(pname, facility, open);
    }

    /// <summary>
    /// Sends errors to syslogd from now on, for a program that inetd or systemd has started (figure 13.11). Its standard error may be the
    /// client's connection. Use <see cref="Listeners.FromEnvironment"/> to get the socket.
    /// </summary>
    /// <param name="pname">The name before each message in the log.</param>
    /// <param name="facility">LOG_DAEMON, LOG_LOCAL0...; 0 is LOG_USER.</param>
    public static void Daemon_inetd(string pname, int facility = 0)
    {
        ArgumentException.ThrowIfNullOrEmpty(pname);
        DaemonState.Begin(pname, facility, alsoPrints: false);
    }
}
