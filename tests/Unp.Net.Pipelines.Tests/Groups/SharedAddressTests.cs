namespace Unp.Net.Pipelines.Tests.Groups;

/// <summary>Tests of servers at an address that another server uses or has used.</summary>
public class SharedAddressTests : LoopSuite
{
    [Fact]
    public void Second_server_on_port_is_refused()
    {
        using EventLoopGroup one = new(2), two = new(2);
        LoopListener first = one.Serve(SockAddr.Loopback(AF_INET), Echo);
        UnpException refused = Assert.Throws<UnpException>(() => two.Serve(first.Address, Echo));
        Assert.Equal((Errno.EADDRINUSE, $"bind error: Address already in use ({first.Address})"), (refused.Errno, refused.Message));
    }

    [Fact]
    public void Servers_with_ReusePort_share_port()
    {
        using EventLoopGroup one = new(2), two = new(2);
        LoopListener first = one.Serve(SockAddr.Loopback(AF_INET), Echo, new LoopListenerOptions { ReusePort = true });
        LoopListener second = two.Serve(first.Address, Echo, new LoopListenerOptions { ReusePort = true });
        Assert.Equal(first.Address, second.Address);
        Assert.Equal(Errno.EADDRINUSE, Assert.Throws<UnpException>(() => two.Serve(first.Address, Echo)).Errno);
    }

    [Fact]
    public void Path_of_dead_server_is_replaced()
    {
        using var directory = new TempDirectory();
        SockAddr address = SockAddr.Unix(directory["socket"]);
        using (Fd dead = Socket(AF_UNIX, SOCK_STREAM))
            Bind(dead, address);
        using var group = new EventLoopGroup(2);
        LoopListener listener = group.Serve(address, Echo);
        Assert.Equal(address, listener.Address);
        AssertAnswers(address);
    }

    [Fact]
    public void Path_of_live_server_or_file_is_not_replaced()
    {
        using var directory = new TempDirectory();
        SockAddr address = SockAddr.Unix(directory["socket"]);
        using EventLoopGroup one = new(2), two = new(2);
        one.Serve(address, Echo);
        Assert.Equal(Errno.EADDRINUSE, Assert.Throws<UnpException>(() => two.Serve(address, Echo)).Errno);
        AssertAnswers(address);

        File.WriteAllText(directory["file"], "data");
        Assert.Equal(Errno.EADDRINUSE, Assert.Throws<UnpException>(() => two.Serve(SockAddr.Unix(directory["file"]), Echo)).Errno);
        Assert.Equal("data", File.ReadAllText(directory["file"]));
    }

    [Fact]
    public void Path_that_is_not_UTF8_is_bound_byte_for_byte()
    {
        using var directory = new TempDirectory();
        SockAddr address = SockAddr.Unix([.. System.Text.Encoding.UTF8.GetBytes(directory["socket"]), 0xff]);
        using var group = new EventLoopGroup(1);
        LoopListener listener = group.Serve(address, Echo);
        Assert.Equal(address, listener.Address);
        AssertAnswers(address);

        // .NET cannot delete the directory of a file whose name is not UTF-8.
        using Peer rm = Peer.Start("sh", "-c", $"rm {directory["socket"]}*");
        Assert.Equal(0, rm.WaitForExit());
    }

    static void AssertAnswers(in SockAddr address)
    {
        using Fd client = Loopback.Limited(Socket(AF_UNIX, SOCK_STREAM));
        Connect(client, address);
        Writen(client, "x"u8);
        Assert.Equal(1, Read(client, new byte[10]));
    }
}
