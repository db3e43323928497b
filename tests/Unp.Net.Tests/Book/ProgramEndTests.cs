namespace Unp.Net.Tests.Book;

/// <summary>
/// The ends of programs as their parent sees them: <c>err_sys</c>, similar functions, and <see cref="UnpProgram.Run(Action)"/>.
/// </summary>
public class ProgramEndTests
{
    const string Reason = "No such file or directory";

    static void Ends(int status, string output, string error, string scenario, params string[] arguments)
    {
        using Peer child = ChildProcess.Start(scenario, arguments);
        Assert.Equal(output, child.ReadToEnd());
        Assert.Equal(error, child.ReadErrorToEnd());
        Assert.Equal(status, child.WaitForExit());
    }

    [Fact]
    public void Successful_program_has_status_0() => Ends(0, "", "", "nothing");

    [Fact]
    public void Err_ret_prints_reason_and_returns() => Ends(0, "went on\n", $"open error: {Reason}\n", "err_ret");

    [Fact]
    public void Err_msg_prints_only_message_and_returns() => Ends(0, "", "just so\n", "err_msg");

    [Fact]
    public void Err_sys_prints_reason_and_exits_with_status_1() => Ends(1, "", $"open error: {Reason}\n", "err_sys");

    [Fact]
    public void Err_quit_prints_only_message_and_exits_with_status_1() => Ends(1, "", "usage: child <scenario>\n", "err_quit");

    [Theory]
    [InlineData("err_sys with an address", 1, "can't reach [::1]:7")]
    [InlineData("err_sys with a call", 1, "can't reach 127.0.0.1")]
    [InlineData("err_ret with a number", 0, "can't reach -7")]
    [InlineData("err_dump with a call", 134, "can't reach 127.0.0.1")]
    public void Reason_survives_formatting_of_message(string scenario, int status, string message) =>
        Ends(status, status == 0 ? "went on\n" : "", $"{message}: {Reason}\n", scenario);

    [Theory]
    [InlineData("connect", "connect error: Connection refused (127.0.0.1:")]
    [InlineData("family_to_level", "family_to_level error: Address family not supported by protocol (address family -1)")]
    [InlineData("getsockopt", "getsockopt error: Operation not supported (level -1, option -1)")]
    public void First_failure_of_program_has_its_reason(string call, string message)
    {
        // Its message is the first one that the runtime formats, which can set an error of the runtime's own.
        using Peer child = ChildProcess.Start("first failure", call);
        Assert.StartsWith(message, child.ReadErrorToEnd());
        Assert.Equal(1, child.WaitForExit());
    }

    [Fact]
    public void Err_dump_prints_reason_and_ends_by_sigabrt()
    {
        Ends(128 + SIGABRT, "", $"open error: {Reason}\n", "err_dump");

        // The status alone could be an ordinary one, so a shell reports the signal.
        using Peer shell = Peer.Start("sh", "-c", "\"$0\" err_dump; echo $?", Path.Combine(AppContext.BaseDirectory, "Unp.Testing.Child"));
        Assert.Equal("134\n", shell.ReadToEnd());
        Assert.Contains("Aborted", shell.ReadErrorToEnd());
        Assert.Equal(0, shell.WaitForExit());
    }

    [Theory]
    [InlineData("err_quit deep inside", 1, "no more\n")]
    [InlineData("err_dump deep inside", 134, "no more: No such file or directory\n")]
    [InlineData("UnpException deep inside", 1, "open error: No such file or directory (/no/such/file)\n")]
    public void Exit_closes_descriptors_of_using_blocks(string scenario, int status, string error)
    {
        using var directory = new TempDirectory();
        Ends(status, "", error, scenario, directory["file"]);
        Assert.Equal("was closed", File.ReadAllText(directory["file"]));
    }

    [Fact]
    public void Standard_output_is_flushed_before_error() => Ends(0, "first\nsecond\n", "", "output before error");

    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    [InlineData(255)]
    public void Program_can_exit_with_any_status(int status) => Ends(status, "", "", "exit with", $"{status}");

    [Fact]
    public void Uncaught_failure_of_call_is_printed_with_status_1() =>
        Ends(1, "", $"open error: {Reason} (/no/such/file)\n", "UnpException");

    [Fact]
    public void Uncaught_failure_of_lookup_is_printed_with_status_1() =>
        Ends(1, "", "getaddrinfo error for 127.0.0.1, 70000: Servname not supported for ai_socktype\n", "GaiException");

    [Fact]
    public void Other_exception_is_not_caught()
    {
        using Peer child = ChildProcess.Start("other exception");
        Assert.Contains("System.InvalidOperationException: a fault", child.ReadErrorToEnd());
        Assert.Equal(128 + SIGABRT, child.WaitForExit());
        Assert.Equal(
            "a fault",
            Assert.Throws<InvalidOperationException>(() => UnpProgram.Run(() => throw new InvalidOperationException("a fault"))).Message);
    }

    [Fact]
    public void Run_refuses_null()
    {
        Assert.Throws<ArgumentNullException>("main", () => UnpProgram.Run((Action)null!));
        Assert.Throws<ArgumentNullException>("main", () => UnpProgram.Run((Func<Task>)null!));
    }

    [Fact]
    public void Async_program_has_status_of_its_end()
    {
        bool isDone = false;
        Assert.Equal(0, UnpProgram.Run(async () =>
        {
            await Task.Yield();
            isDone = true;
        }));
        Assert.True(isDone);
        Assert.Equal(7, UnpProgram.Run(async () =>
        {
            await Task.Yield();
            throw new ExitException(7, "enough");
        }));
        Assert.Equal("a fault", Assert.Throws<InvalidOperationException>(() => UnpProgram.Run(async () =>
        {
            await Task.Yield();
            throw new InvalidOperationException("a fault");
        })).Message);
    }

    [Fact]
    public void Async_program_prints_failure_after_await() => Ends(1, "", "no more\n", "async err_quit");

    [Fact]
    public void Exception_of_async_signal_handler_ends_program()
    {
        using Peer child = ChildProcess.Start("fail in an async signal handler");
        Assert.Contains("System.InvalidOperationException: a fault", child.ReadErrorToEnd());
        Assert.Equal(128 + SIGABRT, child.WaitForExit());
    }

    [Fact]
    public void Exit_exception_has_status_and_message()
    {
        using var error = new CapturedError();
        Errno.Last = Errno.ECONNRESET;
        var exit = Assert.Throws<ExitException>(() => err_sys("read error"));
        Assert.Equal((1, false, "read error: Connection reset by peer"), (exit.Status, exit.Aborts, exit.Message));
        exit = Assert.Throws<ExitException>(() => err_quit("usage"));
        Assert.Equal((1, false, "usage"), (exit.Status, exit.Aborts, exit.Message));
        Errno.Last = Errno.EBADF;
        exit = Assert.Throws<ExitException>(() => err_dump("write error"));
        Assert.Equal((1, true, "write error: Bad file descriptor"), (exit.Status, exit.Aborts, exit.Message));
        Assert.Equal("read error: Connection reset by peer\nusage\nwrite error: Bad file descriptor\n", error.Text);
    }
}
