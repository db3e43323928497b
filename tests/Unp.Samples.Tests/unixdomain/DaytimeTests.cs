namespace Unp.Samples.Tests.unixdomain;

/// <summary>Tests of the programs of exercise 15.3: bytes sent one by one can be read in one piece after the client's sleep.</summary>
public class DaytimeTests
{
    const string Date = "[A-Z][a-z]{2} [A-Z][a-z]{2} [ 123][0-9] [0-9:]{8} [0-9]{4}\r\n";

    [Fact]
    public void Sleeping_client_reads_everything_in_one_piece()
    {
        using var directory = new TempDirectory();
        using Peer tcp = UnpProcess.StartServer(["unixdomain/daytimetcpsrv2", "127.0.0.1", "0"], out SockAddr listening);
        using Peer unix = UnpProcess.StartServer(["unixdomain/daytimetcpsrv2", "/unix", directory["server"]], out SockAddr bound);
        Assert.Equal(directory["server"], bound.Path);

        // Both clients run concurrently, because they sleep for five seconds.
        using Peer tcpClient = UnpProcess.Start("unixdomain/daytimetcpcli", "127.0.0.1", $"{listening.Port}");
        using Peer unixClient = UnpProcess.Start("unixdomain/daytimetcpcli", "/unix", bound.Path);
        Assert.StartsWith("connection from 127.0.0.1:", tcp.ReadLine(), StringComparison.Ordinal);
        Assert.Equal("connection from (no pathname bound)", unix.ReadLine());
        AssertPrinted("127.0.0.1", tcpClient.Finish());
        AssertPrinted(bound.Path, unixClient.Finish());
    }

    [Fact]
    public void Server_without_host_accepts_on_every_address()
    {
        using Peer serving = UnpProcess.StartServer(["unixdomain/daytimetcpsrv2", "0"], out SockAddr listening);
        Assert.Equal(SockAddr.Any(listening.Family, listening.Port), listening);
        using Wire client = Wire.Connect(SockAddr.Loopback(listening.Family, listening.Port));
        Assert.Matches($"^{Date}$", client.ReceiveToEnd());
        Assert.Equal(new Outcome(0, $"connection from {client.Local}\n", ""), serving.Kill(SIGTERM).Finish());
    }

    static void AssertPrinted(string host, Outcome outcome)
    {
        Assert.Equal((0, ""), (outcome.Status, outcome.Error));
        Assert.Matches($"^connected to {host}\n26 bytes: {Date}$", outcome.Output);
    }
}
