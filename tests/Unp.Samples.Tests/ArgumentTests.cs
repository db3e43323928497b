namespace Unp.Samples.Tests;

/// <summary>Tests of arguments, ports and addresses of the programs of chapters 14 and 16.</summary>
public class ArgumentTests
{
    public static TheoryData<string, string> WithArguments => new(
        from program in Catalog.Programs
        where program.Folder is "advio" or "nonblock" && program.Usage.Length > 0
        select (program.Path, program.Usage));

    [Theory]
    [MemberData(nameof(WithArguments))]
    public void Wrong_arguments_print_usage(string program, string usage)
    {
        Outcome none = UnpProcess.Run(program);
        Assert.Equal((1, ""), (none.Status, none.Output));
        Assert.Matches($"^usage: {Path.GetFileName(program)} [<[].*>.*\n$", none.Error);
        if (!usage.EndsWith("...", StringComparison.Ordinal))
            Assert.Equal(none, UnpProcess.Run(program, "127.0.0.1", "7", "more"));
        if (usage == "<IPaddress>")
            Assert.Equal(new Outcome(1, "", "inet_pton error for nonsense\n"), UnpProcess.Run(program, "nonsense"));
        if (usage == "<host> <service>")
            Assert.Equal(1, UnpProcess.Run(program, "127.0.0.1", "no-such-service").Status);
    }

    [Theory]
    [InlineData("advio/tcpcli01", 7, "connect_timeo")]
    [InlineData("advio/tcpcli02", 9877, "connect")]
    [InlineData("advio/udpcli01", 7, "sendto")]
    [InlineData("advio/udpcli02", 7, "sendto")]
    [InlineData("advio/udpcli03", 7, "sendto")]
    [InlineData("nonblock/tcpcli01", 7, "connect")]
    [InlineData("nonblock/tcpcli02", 7, "connect")]
    [InlineData("nonblock/tcpcli03", 9877, "connect")]
    [InlineData("nonblock/tcpcli04", 9877, "connect")]
    [InlineData("nonblock/daytimetcpcli", 13, "connect_nonb")]
    public void Client_without_port_uses_book_port(string program, int port, string function)
    {
        // TCP has no broadcast, and UDP needs SO_BROADCAST for it. The kernel refuses immediately, so the error shows the attempted
        // address.
        using Peer client = UnpProcess.Start(program, "255.255.255.255").Type("line\n");
        Outcome outcome = client.Finish();
        Assert.Equal((1, ""), (outcome.Status, outcome.Output));
        Assert.Matches($"^{function} error: .* \\(255\\.255\\.255\\.255:{port}\\)\n$", outcome.Error);
        Assert.EndsWith($"(port {port})", Catalog.Named(program).Single().Purpose, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("advio/tcpserv02")]
    [InlineData("advio/udpserv01")]
    [InlineData("advio/udpserv03")]
    [InlineData("nonblock/tcpservselect03")]
    public void Server_without_port_uses_book_port_and_reports_port_in_use(string program)
    {
        // No machine has this address (RFC 5737), so the error shows the attempted address.
        Assert.Equal(
            new Outcome(1, "", "bind error: Cannot assign requested address (192.0.2.1:9877)\n"),
            UnpProcess.Run(program, "--bind", "192.0.2.1"));
        Assert.EndsWith("(port 9877)", Catalog.Named(program).Single().Purpose, StringComparison.Ordinal);

        using Fd taken = Socket(AF_INET, program.Contains("/udp", StringComparison.Ordinal) ? SOCK_DGRAM : SOCK_STREAM);
        Bind(taken, SockAddr.Loopback(AF_INET));
        SockAddr address = Getsockname(taken);
        if (program.Contains("/tcp", StringComparison.Ordinal))
            Listen(taken);
        Assert.Equal(
            new Outcome(1, "", $"bind error: Address already in use ({address})\n"),
            UnpProcess.Run(program, "--bind", "127.0.0.1", "--port", $"{address.Port}"));
    }

    [Theory]
    [InlineData("advio/tcpserv02")]
    [InlineData("advio/udpserv01")]
    [InlineData("advio/udpserv03")]
    [InlineData("nonblock/tcpservselect03")]
    public void SIGTERM_ends_server_with_status_0(string program)
    {
        using Peer serving = UnpProcess.StartServer(program, "127.0.0.1", out SockAddr bound);
        Outcome outcome = serving.Kill(SIGTERM).Finish();
        Assert.Equal((0, ""), (outcome.Status, outcome.Error));
        Assert.Equal(program.EndsWith("udpserv03", StringComparison.Ordinal) ? $"bound {bound}\n" : "", outcome.Output);
    }
}
