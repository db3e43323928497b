namespace Unp.Net.Pipelines.Tests.Sockets;

/// <summary>Addresses of sockets, and the texts that contain them.</summary>
public class SocketAddressTests : LoopSuite
{
    [Fact]
    public void Addresses_of_connection_match() => OnLoop((string?)null, loop =>
    {
        var (client, server) = TcpPair(loop);
        using (client)
        using (server)
        {
            Assert.Equal(Getsockname(client.Descriptor), client.LocalAddress);
            Assert.Equal(client.LocalAddress, server.RemoteAddress);
            Assert.Equal(server.LocalAddress, client.RemoteAddress);
            Assert.Equal($"fd {client.Number}, {client.LocalAddress} -> {server.LocalAddress}", client.ToString());
            Assert.Equal(client.ToString(), new LoopConnection(client).ToString());
        }
        Assert.Equal($"fd {client.Number} (closed)", client.ToString());
        Assert.Throws<ObjectDisposedException>(() => client.LocalAddress);
        Assert.Throws<ObjectDisposedException>(() => client.RemoteAddress);
        return Task.CompletedTask;
    });

    [Fact]
    public void Missing_peer_is_reported() => OnLoop((string?)null, loop =>
    {
        using var socket = new LoopSocket(loop, Loopback.Datagram());
        Assert.Equal(Errno.ENOTCONN, Assert.Throws<UnpException>(() => socket.RemoteAddress).Errno);
        Assert.Equal($"fd {socket.Number}, {socket.LocalAddress}", socket.ToString());
        return Task.CompletedTask;
    });

    [Fact]
    public void Pipe_has_no_addresses() => OnLoop((string?)null, loop =>
    {
        Pipe(out Fd read, out Fd write);
        using (write)
        using (var socket = new LoopSocket(loop, read))
        {
            Assert.Equal(Errno.ENOTSOCK, Assert.Throws<UnpException>(() => socket.LocalAddress).Errno);
            Assert.Equal(Errno.ENOTSOCK, Assert.Throws<UnpException>(() => socket.RemoteAddress).Errno);
            Assert.Equal($"fd {socket.Number}", socket.ToString());
        }
        return Task.CompletedTask;
    });

    [Fact]
    public void Unix_peer_is_identified_by_descriptor() => OnLoop((string?)null, loop =>
    {
        var (first, second) = Pair(loop);
        using (first)
        using (second)
        {
            Assert.Equal(Environment.ProcessId, Getpeercred(first.Descriptor).ProcessId);
            Assert.Equal($"fd {first.Number}", first.ToString());
            Assert.Equal(AF_UNIX, first.RemoteAddress.Family);
        }
        return Task.CompletedTask;
    });

    [Fact]
    public void Failure_names_descriptor_without_addresses() => OnLoop((string?)null, async loop =>
    {
        using var socket = new LoopSocket(loop, Socket(AF_INET, SOCK_STREAM));
        var failure = await Assert.ThrowsAsync<UnpException>(async () => await socket.ReceiveAsync(new byte[1]));
        Assert.Equal((Errno.ENOTCONN, true), (failure.Errno, failure.Message.EndsWith($"(fd {socket.Number})", StringComparison.Ordinal)));
    });
}
