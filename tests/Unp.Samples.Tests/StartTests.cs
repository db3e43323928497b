namespace Unp.Samples.Tests;

/// <summary>Tests of unusual starts: closed standard descriptors, and arguments that are not UTF-8.</summary>
public class StartTests
{
    [Theory]
    [InlineData("<&-", 0)]
    [InlineData(">&-", 1)]
    [InlineData("2>&-", 2)]
    [InlineData("<&- >&-", 0, 1)]
    [InlineData("<&- 2>&-", 0, 2)]
    [InlineData(">&- 2>&-", 1, 2)]
    [InlineData("<&- >&- 2>&-", 0, 1, 2)]
    public void Closed_standard_descriptors_become_dev_null(string redirection, params int[] closed)
    {
        using Peer serving = MessageTests.Start("tcpcliserv/tcpserv01", redirection, out SockAddr listening);
        using Wire client = MessageTests.Connect(listening, serving);
        Assert.Equal("echo\n", client.Send("echo\n").Receive(5));
        string[] targets = [.. Enumerable.Range(0, 3).Select(fd => new FileInfo($"/proc/{serving.Id}/fd/{fd}").LinkTarget!)];
        Assert.Equal(closed, Enumerable.Range(0, 3).Where(fd => targets[fd] == "/dev/null"));
        Assert.All(Enumerable.Range(0, 3).Except(closed), fd => Assert.StartsWith("pipe:", targets[fd]));
        Assert.Equal(0, serving.Kill(SIGTERM).WaitForExit());
    }

    [Theory]
    [InlineData("\"$1\" \"$2\"")]
    [InlineData("dotnet \"$3\" \"$2\"")]
    public void Closed_standard_input_is_empty(string command)
    {
        using Peer shell = MessageTests.Shell($"{command} <&-; echo $?", "test/treadline1", UnpProcess.Assembly);
        Outcome outcome = shell.Finish();
        Assert.Equal("0 lines\n0\n", outcome.Output);
    }

    [Fact]
    public void File_with_non_utf8_name_is_found_and_printed()
    {
        using var directory = new TempDirectory();
        string script = $"f=\"$(printf '{directory["d"]}\\377\\376.txt')\"; echo inside > \"$f\"; \"$1\" mycat \"$f\"; rm \"$f\"; "
            + "\"$1\" mycat \"$f\" 2>&1; echo $?";
        using Peer shell = MessageTests.Shell(script);
        Assert.Equal($"inside\ncannot open {directory["d"]}\u00ff\u00fe.txt: No such file or directory\n1\n", shell.Finish().Output);
    }

    [Fact]
    public void Socket_with_non_utf8_path_gets_that_path()
    {
        using var directory = new TempDirectory();
        using Peer shell = MessageTests.Shell(
            $"f=\"$(printf '{directory["s"]}\\377k')\"; \"$1\" unixbind \"$f\"; test -S \"$f\" && echo is there; rm \"$f\"");
        Outcome outcome = shell.Finish();
        Assert.StartsWith($"bound name = {directory["s"]}\u00ffk, returned len = ", outcome.Output);
        Assert.EndsWith("\nis there\n", outcome.Output);
    }

    [Theory]
    [InlineData("unixbind", "")]
    [InlineData("unixstrserv01", "--path", "")]
    [InlineData("web/wwwd", "-d", "")]
    public void Empty_path_is_refused_in_one_line(params string[] command) =>
        Assert.Matches("^[^\n]*path[^\n(]*\n$", Refused(command));

    [Fact]
    public void Too_long_path_is_refused_in_one_line()
    {
        string path = "/tmp/" + new string('x', 200);
        Assert.Matches("^[^\n]*at most 10[78] bytes, not 205: /tmp/x+\n$", Refused("unixbind", path));
    }

    [Theory]
    [InlineData("-p 99999: a port must be between 0 and 65535", "web/wwwd", "-p", "99999")]
    [InlineData("-p -1: a port must be between 0 and 65535", "web/wwwd", "-p", "-1")]
    [InlineData("-w 0: the number of threads must be between 1 and 1024", "web/wwwd", "-w", "0")]
    [InlineData("-w 5000: the number of threads must be between 1 and 1024", "web/wwwd", "-w", "5000")]
    [InlineData("-t 0: the time limit must be between 1 and 86400 seconds", "web/wwwd", "-t", "0")]
    [InlineData("-t 5000000: the time limit must be between 1 and 86400 seconds", "web/wwwd", "-t", "5000000")]
    [InlineData("-t 99999999999: the time limit must be between 1 and 86400 seconds", "web/wwwd", "-t", "99999999999")]
    [InlineData("--times -1: the number must be between 0 and 2147483647", "threads/test04b", "--times", "-1", "/etc/hosts", "1")]
    [InlineData("--interval 5000: the interval must be between 0.01 and 3600 seconds", "rwhod", "--interval", "5000", "/tmp")]
    public void Number_outside_limits_is_refused_in_one_line(string message, params string[] command) =>
        Assert.Equal(message, Refused(command).Trim());

    [Fact]
    public void Client_requests_any_number_of_bytes_without_buffering()
    {
        using Wire.Listener listener = new();
        using Peer client = UnpProcess.Start("server/client", "127.0.0.1", listener.Port, "1", "1", "2147483647");
        using (Wire wire = listener.Accept())
            Assert.Equal("2147483647\n", wire.Send(new string('x', 20_000)).Receive(11));
        Assert.Equal(new Outcome(1, "", "server returned 20000 bytes\n1 of 1 children have failed\n"), client.Finish());
    }

    static string Refused(params string[] command)
    {
        Outcome outcome = UnpProcess.Run(command);
        Assert.Equal((1, ""), (outcome.Status, outcome.Output));
        return outcome.Error;
    }
}
