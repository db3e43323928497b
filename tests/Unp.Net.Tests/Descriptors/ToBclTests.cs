using System.Net;
using System.Net.Sockets;

namespace Unp.Net.Tests.Descriptors;

public class ToBclTests
{
    [Fact]
    public void Connected_descriptor_becomes_working_bcl_socket()
    {
        var (low, server) = Loopback.TcpPair();
        Fd client = Kernel.Apart(low);
        int number = Kernel.Number(client);
        SockAddr local = Getsockname(client);
        using (server)
        {
            using var socket = new Socket(client.ToSocketHandle());
            Assert.True(client.IsClosed);
            Assert.True(socket.Connected);
            Assert.Equal(local.ToEndPoint(), socket.LocalEndPoint);

            Assert.Equal(4, socket.Send("ping"u8));
            Span<byte> buffer = stackalloc byte[4];
            Assert.Equal(4, Readn(server, buffer));
            Assert.Equal("ping"u8, buffer);
            Writen(server, "pong"u8);
            Assert.Equal(4, socket.Receive(buffer));
            Assert.Equal("pong"u8, buffer);
        }
        Assert.False(Kernel.IsOpen(number));
    }

    [Fact]
    public async Task Connected_descriptor_works_with_async_calls_of_bcl()
    {
        var (client, server) = Loopback.TcpPair(AF_INET6);
        using (server)
        {
            using var socket = new Socket(client.ToSocketHandle());
            byte[] buffer = new byte[4];
            ValueTask<int> receiving = socket.ReceiveAsync(buffer, TestContext.Current.CancellationToken);
            Writen(server, "late"u8);
            Assert.Equal(4, await receiving);
            Assert.Equal("late"u8, buffer);
        }
    }

    [Fact]
    public void Listening_descriptor_becomes_bcl_listener()
    {
        using Fd listenfd = Loopback.Listener();
        SockAddr address = Getsockname(listenfd);
        using var listener = new Socket(listenfd.ToSocketHandle());
        using Fd client = Socket(AF_INET, SOCK_STREAM);
        Connect(client, address);
        using Socket accepted = listener.Accept();
        Assert.Equal(Getsockname(client), SockAddr.FromEndPoint(accepted.RemoteEndPoint!));
    }

    [Fact]
    public void Datagram_descriptor_becomes_bcl_socket()
    {
        using Fd peer = Loopback.Datagram();
        using Fd fd = Loopback.Datagram();
        using var socket = new Socket(fd.ToSocketHandle());
        socket.SendTo("hello"u8, Getsockname(peer).ToEndPoint());
        Assert.Equal(5, Recvfrom(peer, new byte[80], 0, out SockAddr from));
        Assert.Equal(socket.LocalEndPoint, from.ToEndPoint());
    }

    [Fact]
    public void Opened_file_becomes_file_stream()
    {
        using var directory = new TempDirectory();
        File.WriteAllText(directory["file"], "from the disk");
        Fd file = Kernel.Apart(Open(directory["file"], O_RDONLY));
        int number = Kernel.Number(file);
        using (var stream = new FileStream(file.ToFileHandle(), FileAccess.Read))
        {
            using var reader = new StreamReader(stream);
            Assert.Equal("from the disk", reader.ReadToEnd());
        }
        Assert.True(file.IsClosed);
        Assert.False(Kernel.IsOpen(number));
    }

    [Fact]
    public void Pipe_becomes_file_streams()
    {
        Pipe(out Fd read, out Fd write);
        using var reading = new StreamReader(new FileStream(read.ToFileHandle(), FileAccess.Read));
        using (var writing = new StreamWriter(new FileStream(write.ToFileHandle(), FileAccess.Write)))
            writing.Write("through");
        Assert.Equal("through", reading.ReadToEnd());
    }

    [Fact]
    public void Bcl_socket_and_listener_connect_in_both_directions()
    {
        Loopback.Require(AF_INET6);
        using Fd listenfd = Loopback.Listener();
        using (var client = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp))
        {
            client.Connect(Getsockname(listenfd).ToEndPoint());
            using Fd accepted = Accept(listenfd, out SockAddr peer);
            Assert.Equal(client.LocalEndPoint, peer.ToEndPoint());
        }

        using var listener = new Socket(AddressFamily.InterNetworkV6, SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(IPAddress.IPv6Loopback, 0));
        listener.Listen();
        using Fd fd = Socket(AF_INET6, SOCK_STREAM);
        Connect(fd, SockAddr.FromEndPoint(listener.LocalEndPoint!));
        using Socket socket = listener.Accept();
        Assert.Equal(Getsockname(fd).ToEndPoint(), socket.RemoteEndPoint);
    }
}
