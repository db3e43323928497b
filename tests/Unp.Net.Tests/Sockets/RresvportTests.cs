namespace Unp.Net.Tests.Sockets;

public class RresvportTests
{
    [Fact]
    public void Ports_are_taken_downwards_until_none_is_left()
    {
        using var host = new NetworkNamespace();
        using Peer program = Start("nsenter", $"--net={host.Path}", "514");
        Outcome outcome = program.Finish();
        Assert.Equal("514 0.0.0.0:514\n513 0.0.0.0:513\n512 0.0.0.0:512\n", outcome.Output);
        Assert.Equal("rresvport error: Resource temporarily unavailable (ports 514 to 512 are in use)\n", outcome.Error);
    }

    [Fact]
    public void Process_without_root_gets_EACCES()
    {
        using var host = new NetworkNamespace();
        using Peer program = Start("nsenter", $"--net={host.Path}", "1023", "setpriv", "--reuid=65534", "--regid=65534", "--clear-groups");
        Assert.Equal(new Outcome(1, "", "rresvport error: Permission denied (port 1023)\n"), program.Finish());
    }

    [Theory]
    [InlineData(511)]
    [InlineData(1024)]
    public void Unreserved_ports_are_rejected(int port)
    {
        var refused = Assert.Throws<ArgumentOutOfRangeException>(() => Rresvport(ref port).Dispose());
        Assert.Contains("512 to 1023", refused.Message, StringComparison.Ordinal);
    }

    static Peer Start(string enter, string where, string port, params string[] by)
    {
        Peer.Require(enter);
        return Peer.Start(enter, [where, .. by, System.IO.Path.Combine(AppContext.BaseDirectory, "Unp.Testing.Child"), "rresvport", port]);
    }
}
