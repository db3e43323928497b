namespace Unp.Samples.Tests.tcpcliserv;

public class TsigpipeTests
{
    [Fact]
    public void Second_write_to_closed_server_raises_SIGPIPE()
    {
        using Peer serving = UnpProcess.StartServer("intro/daytimetcpsrv3", "127.0.0.1", out SockAddr listening);
        Outcome outcome = UnpProcess.Run("tcpcliserv/tsigpipe", "127.0.0.1", "--port", $"{listening.Port}");
        Assert.Equal(new Outcome(1, "SIGPIPE received\n", "write error: Broken pipe\n"), outcome);
    }
}
