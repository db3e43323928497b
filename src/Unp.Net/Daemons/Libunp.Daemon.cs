using System.Runtime.InteropServices;

namespace Unp.Net;

public static partial class Libunp
{
    /// <summary>
    /// Makes a daemon of the program (figure 13.4): a process without terminal, in a session that it does not lead, in the directory <c>/</c>, with
    /// <c>/dev/null</c> as standard input, output and error, no other descriptor, and SIGHUP without effect. Its errors go to syslogd
    /// (<see cref="err_ret(string)"/> and its like). The process that was started ends here, with status 0.
    /// </summary>
    /// <remarks>
    /// <para>A managed process cannot fork: the program is started again, by its own command line. What stands before this call runs in each of the three
    /// processes that it takes, so it stands first, after the arguments are checked; it sees all of this process's environment but the umask as before. In
    /// the processes that are not the daemon it throws an <see cref="ExitException"/>, of which
    /// <see cref="UnpProgram.Run(Action)"/> makes the exit status:</para>
    /// <code>
    /// static int Main(string[] args) => UnpProgram.Run(() =>
    /// {
    ///     Daemon_init("myserver", LOG_DAEMON);
    ///     ...
    /// });
    /// </code>
    /// <para>A program that wants to say that it cannot start, by message and status, uses the other form.</para>
    /// </remarks>
    /// <param name="pname">What stands before its messages in the log.</param>
    /// <param name="facility">LOG_DAEMON, LOG_LOCAL0...; 0 is LOG_USER.</param>
    /// <exception cref="ExitException">This is not the daemon: end with that status.</exception>
    /// <exception cref="UnpException">The program could not be started again: EAGAIN, ENOENT (its file is gone), EMFILE, ENOMEM.</exception>
    /// <exception cref="InvalidOperationException">It is a daemon already.</exception>
    /// <exception cref="PlatformNotSupportedException">FreeBSD, where posix_spawn cannot start a new session.</exception>
    public static void Daemon_init(string pname, int facility = 0) => Daemon_init(pname, facility, static () => []).Ready();

    /// <summary>
    /// As <see cref="Daemon_init(string, int)"/>, with descriptors that are opened before, and a first process that waits until the daemon says that it is ready
    /// (figure 13.4).
    /// </summary>
    /// <remarks>
    /// <para><paramref name="open"/> is called in the first process only, which has the user's terminal, directory and rights; an address that is in use ends that
    /// with a message and status 1, and there is no daemon. It hands what it has opened over to the daemon, which must call <see cref="Daemon.Ready"/>.
    /// What ends the daemon before that is the first process's end as well: it has the same exit status, and the daemon's standard error is
    /// the first one's until then.</para>
    /// <code>
    /// using Daemon daemon = Daemon_init("myserver", LOG_DAEMON, () => [Tcp_listen(null, "daytime")]);
    /// Fd listenfd = daemon.Descriptors[0];
    /// ReadConfiguration();
    /// daemon.Ready();
    /// </code>
    /// </remarks>
    /// <param name="pname">What stands before its messages in the log.</param>
    /// <param name="facility">LOG_DAEMON, LOG_LOCAL0...; 0 is LOG_USER.</param>
    /// <param name="open">Opens what is to be handed over; it is closed in the first process.</param>
    /// <exception cref="ExitException">This is not the daemon: end with that status.</exception>
    /// <exception cref="UnpException">The program could not be started again: EAGAIN, ENOENT (its file is gone), EMFILE, ENOMEM.</exception>
    /// <exception cref="InvalidOperationException">It is a daemon already.</exception>
    /// <exception cref="PlatformNotSupportedException">FreeBSD, where posix_spawn cannot start a new session.</exception>
    public static Daemon Daemon_init(string pname, int facility, Func<IReadOnlyList<SafeHandle>> open)
    {
        ArgumentException.ThrowIfNullOrEmpty(pname);
        ArgumentNullException.ThrowIfNull(open);
        if (DaemonState.IsDaemon)
            throw new InvalidOperationException("This program is a daemon already.");
        return DaemonStart.Run(pname, facility, open);
    }

    /// <summary>
    /// For a program that inetd has started, or systemd (figure 13.11): from now on its errors go to syslogd, as its standard error may be the client's connection.
    /// <see cref="Listeners.FromEnvironment"/> finds the socket.
    /// </summary>
    /// <param name="pname">What stands before its messages in the log.</param>
    /// <param name="facility">LOG_DAEMON, LOG_LOCAL0...; 0 is LOG_USER.</param>
    public static void Daemon_inetd(string pname, int facility = 0)
    {
        ArgumentException.ThrowIfNullOrEmpty(pname);
        DaemonState.Begin(pname, facility, alsoPrints: false);
    }
}
