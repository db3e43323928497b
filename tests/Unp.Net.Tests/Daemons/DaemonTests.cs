using System.Globalization;
using System.Text;

namespace Unp.Net.Tests.Daemons;

/// <summary>
/// Tests the daemon that Daemon_init starts, and the output of its first process. The daemon exits when the test closes its connection.
/// </summary>
public sealed class DaemonTests : IDisposable
{
    readonly TempDirectory directory = new();

    string Path => directory["a b é"];

    public void Dispose() => directory.Dispose();

    [Fact]
    public void Daemon_has_no_terminal_leads_no_session_and_is_orphan()
    {
        using Fd connfd = StartAsInTheBook(out int first, out int daemon);
        string[] stat = Stat(daemon);
        (string parent, string group, string session, string terminal) = (stat[1], stat[2], stat[3], stat[4]);
        Assert.NotEqual($"{daemon}", session);
        Assert.Equal(session, group);
        Assert.NotEqual(Stat(Environment.ProcessId)[3], session);
        Assert.Equal("0", terminal);
        Assert.DoesNotContain(int.Parse(parent, CultureInfo.InvariantCulture), (int[])[first, Environment.ProcessId]);
        Assert.Equal("/", new FileInfo($"/proc/{daemon}/cwd").LinkTarget);
        Assert.Equal("controlling terminal 0", Ask(connfd, "terminal"));
    }

    [Fact]
    public void Session_leader_would_get_terminal_that_it_opens()
    {
        // This is why Daemon_init starts a third process.
        using Peer leader = Peer.Start(
            "setsid", "-w", System.IO.Path.Combine(AppContext.BaseDirectory, "Unp.Testing.Child"), "open a terminal");
        Assert.Matches("^controlling terminal [1-9]", leader.Finish().Output);
    }

    [Fact]
    public void Daemon_has_null_device_and_no_inherited_descriptors()
    {
        Directory.CreateDirectory(directory["kept"]);
        using Fd kept = Open(directory["kept"], O_RDONLY | O_DIRECTORY);
        using Fd connfd = StartAsInTheBook(out _, out int daemon, new SpawnOptions { Descriptors = { [9] = kept, [200] = kept } });
        string?[] open = [.. Directory.GetFiles($"/proc/{daemon}/fd").Select(fd => new FileInfo(fd).LinkTarget)];
        Assert.DoesNotContain(directory["kept"], open);
        Assert.All(Enumerable.Range(0, 3), number => Assert.Equal("/dev/null", new FileInfo($"/proc/{daemon}/fd/{number}").LinkTarget));
    }

    [Fact]
    public void Daemon_keeps_environment_and_survives_SIGHUP()
    {
        var environment = new Dictionary<string, string> { ["GIVEN"] = "to all" };
        using Fd listenfd = UnixListen(Path);
        using Peer first = ChildProcess.Start("daemon", environment, "as in the book", Path);
        using Fd connfd = Connection(listenfd, out int daemon);
        Assert.Equal("nothing to all", Ask(connfd, "environment"));
        Kill(daemon, SIGHUP);
        Assert.Equal("nothing to all", Ask(connfd, "environment"));
        Assert.Equal(new Outcome(0, "", ""), first.Finish());
    }

    [Fact]
    public void Daemon_starts_where_SIGCHLD_was_ignored()
    {
        using Fd listenfd = UnixListen(Path);
        using Peer first = Peer.Start("env", "--ignore-signal=CHLD", ChildProcess.Executable, "daemon", "as in the book", Path);
        using Fd connfd = Connection(listenfd, out _);
        Assert.Equal(new Outcome(0, "", ""), first.Finish());
    }

    [Fact]
    public void Variable_leaked_from_other_program_is_ignored()
    {
        foreach (string leaked in (string[])["daemon 1 1", $"session 0 {getppid()}", "nonsense"])
        {
            using Fd listenfd = UnixListen(Path);
            using Peer first = ChildProcess.Start(
                "daemon", new Dictionary<string, string> { ["UNP_DAEMON"] = leaked }, "as in the book", Path);
            using Fd connfd = Connection(listenfd, out int daemon);
            Assert.NotEqual(first.Id, daemon);
            Assert.Equal(new Outcome(0, "", ""), first.Finish());
        }
    }

    [Theory]
    [InlineData("daemon 1")]
    [InlineData("session 2")]
    public void Variable_that_names_runtime_descriptors_is_reported(string life)
    {
        using Peer shell = Peer.Start(
            "sh", "-c", "UNP_DAEMON=\"$1 $$\" \"$0\" daemon 'as in the book' /nowhere 3>&- 4>&-; exit $?", ChildProcess.Executable, life);
        Outcome outcome = shell.Finish();
        Assert.Equal((1, ""), (outcome.Status, outcome.Output));
        Assert.Equal(
            $"Daemon_init error: Bad file descriptor (UNP_DAEMON={life} {shell.Id}: "
            + "descriptor 3 was not inherited, this process opened it itself)\n",
            outcome.Error);
    }

    [Fact]
    public void Assembly_run_by_relative_path_becomes_daemon()
    {
        using Fd listenfd = UnixListen(Path);
        using SpawnedProcess first = Spawn(
            "dotnet", ["exec", "Unp.Testing.Child.dll", "daemon", "as in the book", Path],
            new() { WorkingDirectory = AppContext.BaseDirectory });
        using Fd connfd = Connection(listenfd, out int daemon);
        Assert.Equal("controlling terminal 0", Ask(connfd, "terminal"));
        Assert.Equal("/", new FileInfo($"/proc/{daemon}/cwd").LinkTarget);
        Assert.Equal(0, Limit.Run(first.Wait).ExitStatus);
    }

    [Fact]
    public void First_process_opens_listener_and_prints_daemon_errors()
    {
        using var log = new LogSocket(directory["log"]);
        using Peer first = Start("with a listener");
        Assert.Equal(new Outcome(0, "opened\n", "getting ready\n"), first.Finish());
        using Fd connfd = Loopback.Limited(Socket(AF_UNIX, SOCK_STREAM));
        Connect(connfd, SockAddr.Unix(Path));
        Assert.Equal("nothing ", Ask(connfd, "environment"));
        Assert.Matches("^<30>childd\\[[0-9]+\\]: getting ready$", log.ReceiveUndated());
    }

    [Theory]
    [InlineData("fails to open", 1, "^open error: No such file or directory \\(/no/such/file\\)\n$")]
    [InlineData("err_quit", 1, "^no configuration\n$")]
    [InlineData("exits", 7, "^$")]
    [InlineData("is killed", 137, "^The daemon was terminated before it was ready: Killed\n$")]
    [InlineData(
        "crashes", 134,
        "^(?s)Unhandled exception. System.InvalidOperationException: crashes\n.*\n"
        + "The daemon was terminated before it was ready: Aborted.*\n$")]
    public void First_process_has_status_of_daemon_that_never_got_ready(string how, int status, string error)
    {
        using Peer first = Start(how);
        Outcome outcome = first.Finish();
        Assert.Equal((status, ""), (outcome.Status, outcome.Output));
        Assert.Matches(error, outcome.Error);
    }

    [Theory]
    [InlineData("err_msg", 30, "a message")]
    [InlineData("err_ret", 30, "a reason: No such file or directory")]
    [InlineData("err_quit", 27, "the end")]
    [InlineData("UnpException", 27, "open error: No such file or directory \\(/no/such/file\\)")]
    [InlineData("again", 26, "(?s)System.InvalidOperationException: This process is already a daemon\\. Call Daemon_init only once\\.\n.*")]
    [InlineData("crash", 26, "(?s)System.InvalidOperationException: crash\n.*")]
    public void Daemon_errors_go_to_log(string command, int priority, string line)
    {
        using var log = new LogSocket(directory["log"]);
        using Fd listenfd = UnixListen(Path);
        using Peer first = Start("as in the book");
        using Fd connfd = Connection(listenfd, out int daemon);
        Assert.Equal(new Outcome(0, "", ""), first.Finish());
        Writen(connfd, Encoding.UTF8.GetBytes($"{command}\n"));
        Assert.Matches($"^<{priority}>childd\\[{daemon}\\]: {line}$", log.ReceiveUndated());
    }

    [Fact]
    public void Exit_exception_of_first_process_says_who_catches_it()
    {
        using Peer first = Start("outside UnpProgram.Run");
        const string Advice = "This process must exit with status 0. Call Daemon_init inside UnpProgram.Run, which does that.\n";
        Assert.Equal(new Outcome(0, Advice, ""), first.Finish());
    }

    [Fact]
    public void Missing_log_delays_daemon_exit_by_one_second_only()
    {
        using Fd listenfd = UnixListen(Path);
        using Peer first = Start("as in the book");
        using Fd connfd = Connection(listenfd, out _);
        Writen(connfd, "err_quit\n"u8);
        Assert.Equal(0, Read(connfd, new byte[1]));
    }

    [Fact]
    public void Inetd_program_does_not_send_errors_to_client()
    {
        using var log = new LogSocket(directory["log"]);
        using Peer program = ChildProcess.Start("started by inetd", new Dictionary<string, string> { ["UNP_SYSLOG"] = directory["log"] });
        Assert.Equal(new Outcome(1, "", ""), program.Finish());
        Assert.Matches("^<142>childd\\[[0-9]+\\]: to the log$", log.ReceiveUndated());
        Assert.Matches("^<139>childd\\[[0-9]+\\]: open error: No such file", log.ReceiveUndated());
    }

    Peer Start(string how) =>
        ChildProcess.Start("daemon", new Dictionary<string, string> { ["UNP_SYSLOG"] = directory["log"] }, how, Path);

    Fd StartAsInTheBook(out int first, out int daemon, SpawnOptions? options = null)
    {
        using Fd listenfd = UnixListen(Path);
        using SpawnedProcess process = Spawn(
            System.IO.Path.Combine(AppContext.BaseDirectory, "Unp.Testing.Child"), ["daemon", "as in the book", Path], options);
        Fd connfd = Connection(listenfd, out daemon);
        first = process.Id;
        Assert.Equal(0, Limit.Run(process.Wait).ExitStatus);
        return connfd;
    }

    static Fd Connection(Fd listenfd, out int daemon)
    {
        Loopback.Limited(listenfd);
        Fd connfd = Loopback.Limited(Accept(listenfd));
        daemon = Getpeercred(connfd).ProcessId!.Value;
        return connfd;
    }

    static string Ask(Fd connfd, string command)
    {
        Writen(connfd, Encoding.UTF8.GetBytes($"{command}\n"));
        byte[] line = new byte[MAXLINE];
        return Encoding.UTF8.GetString(line, 0, Readline(connfd, line)).TrimEnd('\n');
    }

    /// <summary>The fields of /proc/PID/stat from the state on: state, parent, process group, session, terminal...</summary>
    static string[] Stat(int process)
    {
        string stat = File.ReadAllText($"/proc/{process}/stat");
        return stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
    }
}
