using System.Net;
using System.Net.Sockets;

namespace Unp.Net.Tests.Addresses;

/// <summary>An address is the same for a program of this library and for one that uses the BCL.</summary>
public class BclPeerTests
{
    public static TheoryData<string> Kinds =>
        ["127.0.0.1", "::1", "path", "longest path", "abstract", "longest abstract", "abstract with NUL"];

    [Theory]
    [MemberData(nameof(Kinds))]
    [InlineData("autobind")]
    public void Bcl_client_reaches_server(string kind)
    {
        using var directory = new TempDirectory();
        using Fd listenfd = Loopback.Listener(AddressOf(kind, directory));
        SockAddr bound = Getsockname(listenfd);
        using Socket client = BclSocket(bound);
        client.Connect(bound.ToEndPoint());
        using Fd server = Accept(listenfd, out SockAddr peer);

        Assert.Equal(bound, SockAddr.FromEndPoint(client.RemoteEndPoint!));
        Assert.Equal(bound.ToEndPoint(), client.RemoteEndPoint);
        Assert.Equal(peer, SockAddr.FromEndPoint(client.LocalEndPoint!));
        Assert.Equal(bound, Getsockname(server));
        Assert.Equal(peer, Getpeername(server));

        Assert.Equal(4, client.Send("ping"u8));
        byte[] buffer = new byte[4];
        Assert.Equal(4, Readn(server, buffer));
        Assert.Equal("ping"u8, buffer);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Client_reaches_bcl_server(string kind)
    {
        using var directory = new TempDirectory();
        SockAddr address = AddressOf(kind, directory);
        Loopback.Require(address.Family);
        using Socket listener = BclSocket(address);
        listener.Bind(address.ToEndPoint());
        listener.Listen();
        SockAddr bound = SockAddr.FromEndPoint(listener.LocalEndPoint!);
        Assert.Equal(Getsockname(listener.SafeHandle), bound);

        using Fd client = Socket(bound.Family, SOCK_STREAM);
        Connect(client, bound);
        using Socket server = listener.Accept();

        Assert.Equal(bound, Getpeername(client));
        Assert.Equal(Getsockname(client), SockAddr.FromEndPoint(server.RemoteEndPoint!));
        Assert.Equal(Getpeername(client).ToEndPoint(), server.LocalEndPoint);

        Writen(client, "ping"u8);
        byte[] buffer = new byte[80];
        server.ReceiveTimeout = (int)Limit.Default.TotalMilliseconds;
        Assert.Equal(4, server.Receive(buffer));
        Assert.Equal("ping"u8, buffer.AsSpan(0, 4));
    }

    [Fact]
    public void Ipv4_client_of_ipv6_server_has_same_address_on_both_sides()
    {
        using Fd listenfd = Loopback.Listener(SockAddr.Parse("[::ffff:127.0.0.1]:0"));
        using var client = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        client.Connect(IPAddress.Loopback, Getsockname(listenfd).Port);
        using Fd server = Accept(listenfd, out SockAddr peer);
        var local = (IPEndPoint)client.LocalEndPoint!;
        Assert.Equal(new SockAddr(local.Address.MapToIPv6(), local.Port), peer);
        Assert.StartsWith("[::ffff:127.0.0.1]:", peer.ToString());
    }

    static SockAddr AddressOf(string kind, TempDirectory directory) => kind switch
    {
        "path" => SockAddr.Unix(directory["socket"]),
        "longest path" => SockAddr.Unix(directory["x"].PadRight(SockAddr.MaxPathLength, 'x')),
        "abstract" => SockAddr.UnixAbstract(directory["socket"]),
        "longest abstract" => SockAddr.UnixAbstract(directory["x"].PadRight(SockAddr.MaxPathLength, 'x')),
        "abstract with NUL" => SockAddr.UnixAbstract(directory["a"] + "\0b\0"),
        "autobind" => SockAddr.UnixUnnamed(),
        _ => SockAddr.Parse(kind),
    };

    static Socket BclSocket(in SockAddr address) => address.Family == AF_UNIX
        ? new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified)
        : new Socket(
            address.Family == AF_INET ? AddressFamily.InterNetwork : AddressFamily.InterNetworkV6, SocketType.Stream, ProtocolType.Tcp);
}
