using System.Net;
using System.Net.Sockets;

namespace Unp.Net.Tests.Errors;

/// <summary>The same mistake has the same <see cref="SocketError"/> in this library and in the BCL.</summary>
public class SameCodeTests
{
    /// <summary>
    /// The BCL derives the kernel's error number from its code. If two numbers have the same code, the BCL may report the wrong one.
    /// </summary>
    static void Same(SocketError code, Errno errno, Action ours, Action theirs, int? theirErrorCode = null)
    {
        var their = Assert.ThrowsAny<SocketException>(theirs);
        Assert.IsNotType<UnpException>(their);
        var our = Assert.Throws<UnpException>(ours);
        Assert.Equal(errno, our.Errno);
        Assert.Equal(code, their.SocketErrorCode);
        Assert.Equal(code, our.SocketErrorCode);
        Assert.Equal(theirErrorCode ?? their.ErrorCode, theirErrorCode is null ? our.ErrorCode : their.ErrorCode);
        Assert.Equal(their.NativeErrorCode, our.NativeErrorCode);
    }

    static Socket Tcp() => new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);

    static Socket Udp() => new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);

    [Fact]
    public void Connection_refused_has_same_code()
    {
        SockAddr address = Loopback.Deaf(out Fd holder);
        using (holder)
        using (Fd our = Socket(AF_INET, SOCK_STREAM))
        using (Socket their = Tcp())
            Same(SocketError.ConnectionRefused, Errno.ECONNREFUSED, () => Connect(our, address), () => their.Connect(address.ToEndPoint()));
    }

    [Fact]
    public void Connection_refused_on_datagram_socket_has_same_code()
    {
        SockAddr address;
        using (Fd gone = Loopback.Datagram())
            address = Getsockname(gone);
        using Fd our = Loopback.Datagram();
        using Socket their = Udp();
        Connect(our, address);
        their.Connect(address.ToEndPoint());
        Same(
            SocketError.ConnectionRefused, Errno.ECONNREFUSED,
            () => { Send(our, "x"u8); Recv(our, new byte[1]); },
            () => { their.ReceiveTimeout = (int)Limit.Default.TotalMilliseconds; their.Send("x"u8); their.Receive(new byte[1]); });
    }

    [Fact]
    public void Address_in_use_has_same_code()
    {
        using Fd listenfd = Loopback.Listener();
        SockAddr address = Getsockname(listenfd);
        using Fd our = Socket(AF_INET, SOCK_STREAM);
        using Socket their = Tcp();
        Same(SocketError.AddressAlreadyInUse, Errno.EADDRINUSE, () => Bind(our, address), () => their.Bind(address.ToEndPoint()));
    }

    [Fact]
    public void Address_of_no_interface_has_same_code()
    {
        // Nothing is sent, because no interface anywhere has the address.
        SockAddr address = SockAddr.Parse("::2");
        using Fd our = Socket(AF_INET6, SOCK_STREAM);
        using var their = new Socket(AddressFamily.InterNetworkV6, SocketType.Stream, ProtocolType.Tcp);
        Same(SocketError.AddressNotAvailable, Errno.EADDRNOTAVAIL, () => Bind(our, address), () => their.Bind(address.ToEndPoint()));
    }

    [Fact]
    public void Missing_path_has_same_code()
    {
        using var directory = new TempDirectory();
        SockAddr address = SockAddr.Unix(directory["nobody"]);
        using Fd our = Socket(AF_UNIX, SOCK_STREAM);
        using var their = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        Same(
            SocketError.AddressNotAvailable, Errno.ENOENT, () => Connect(our, address), () => their.Connect(address.ToEndPoint()),
            theirErrorCode: Errno.EADDRNOTAVAIL.Value);
    }

    [Fact]
    public void Unconnected_socket_has_same_code()
    {
        using Fd our = Socket(AF_INET, SOCK_STREAM);
        using Socket their = Tcp();
        Same(SocketError.NotConnected, Errno.ENOTCONN, () => Recv(our, new byte[1]), () => their.Receive(new byte[1]));
    }

    [Fact]
    public void Second_connect_has_same_code()
    {
        using Fd listenfd = Loopback.Listener();
        SockAddr address = Getsockname(listenfd);
        using Fd our = Loopback.Connected(listenfd);
        using Socket their = Tcp();
        their.Connect(address.ToEndPoint());
        Same(SocketError.IsConnected, Errno.EISCONN, () => Connect(our, address), () => their.Connect(address.ToEndPoint()));
    }

    [Fact]
    public void Second_bind_has_same_code()
    {
        using Fd our = Loopback.Datagram();
        using Socket their = Udp();
        their.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        Same(
            SocketError.InvalidArgument, Errno.EINVAL,
            () => Bind(our, SockAddr.Loopback(AF_INET)), () => their.Bind(new IPEndPoint(IPAddress.Loopback, 0)));
    }

    [Fact]
    public void Too_long_message_has_same_code()
    {
        using Fd peer = Loopback.Datagram();
        SockAddr address = Getsockname(peer);
        using Fd our = Loopback.Datagram();
        using Socket their = Udp();
        byte[] tooLong = new byte[65536];
        Same(
            SocketError.MessageSize,
            Errno.EMSGSIZE,
            () => Sendto(our, tooLong, 0, address),
            () => their.SendTo(tooLong, address.ToEndPoint()));
    }

    [Fact]
    public void Broadcast_without_permission_has_same_code()
    {
        SockAddr address = SockAddr.Parse("127.255.255.255:9");
        using Fd our = Socket(AF_INET, SOCK_DGRAM);
        using Socket their = Udp();
        Same(
            SocketError.AccessDenied,
            Errno.EACCES,
            () => Sendto(our, "x"u8, 0, address),
            () => their.SendTo("x"u8.ToArray(), address.ToEndPoint()));
    }

    [Fact]
    public void Datagram_without_destination_has_same_code()
    {
        using Fd our = Socket(AF_INET, SOCK_DGRAM);
        using Socket their = Udp();
        Same(SocketError.DestinationAddressRequired, Errno.EDESTADDRREQ, () => Send(our, "x"u8), () => their.Send("x"u8));
    }

    [Fact]
    public void Broken_pipe_has_same_code()
    {
        using Fd listenfd = Loopback.Listener();
        using Fd our = Loopback.Connected(listenfd);
        using Socket their = Tcp();
        their.Connect(Getsockname(listenfd).ToEndPoint());
        Shutdown(our, SHUT_WR);
        their.Shutdown(SocketShutdown.Send);
        Same(SocketError.Shutdown, Errno.EPIPE, () => Send(our, "x"u8), () => their.Send("x"u8));
    }

    [Fact]
    public void Connection_reset_has_same_code()
    {
        using Fd listenfd = Loopback.Listener();
        using Fd our = Loopback.Connected(listenfd);
        using Socket their = Tcp();
        their.Connect(Getsockname(listenfd).ToEndPoint());
        Writen(our, "unread"u8);
        their.Send("unread"u8);
        their.ReceiveTimeout = (int)Limit.Default.TotalMilliseconds;
        for (int i = 0; i < 2; i++)
        {
            // Closing a socket with unread data sends a reset.
            using Fd server = Accept(listenfd);
            Loopback.WaitUntilReadable(server);
        }
        Same(SocketError.ConnectionReset, Errno.ECONNRESET, () => Recv(our, new byte[1]), () => their.Receive(new byte[1]));
    }

    [Fact]
    public void Read_without_data_has_same_code()
    {
        using Fd our = Loopback.Datagram();
        using Socket their = Udp();
        their.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        their.Blocking = false;
        Same(SocketError.WouldBlock, Errno.EAGAIN, () => Recv(our, new byte[1], MSG_DONTWAIT), () => their.Receive(new byte[1]));
    }

    [Fact]
    public void Listen_on_datagram_socket_has_same_code()
    {
        using Fd our = Loopback.Datagram();
        using Socket their = Udp();
        their.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        Same(SocketError.OperationNotSupported, Errno.EOPNOTSUPP, () => Listen(our), () => their.Listen());
    }

    [Fact]
    public void Protocol_of_another_type_has_same_code() => Same(
        SocketError.ProtocolNotSupported, Errno.EPROTONOSUPPORT,
        () => Socket(AF_INET, SOCK_STREAM, IPPROTO_UDP),
        () => _ = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Udp));

    [Fact]
    public void Type_that_family_lacks_has_same_code() => Same(
        SocketError.SocketNotSupported, Errno.ESOCKTNOSUPPORT,
        () => Socket(AF_INET, SOCK_SEQPACKET),
        () => _ = new Socket(AddressFamily.InterNetwork, SocketType.Seqpacket, ProtocolType.Unspecified));

    [Fact]
    public void Unknown_option_has_same_code()
    {
        using Fd our = Socket(AF_INET, SOCK_STREAM);
        using Socket their = Tcp();
        Same(
            SocketError.ProtocolOption, Errno.ENOPROTOOPT,
            () => Getsockopt<int>(our, IPPROTO_TCP, 4711), () => their.GetRawSocketOption(IPPROTO_TCP, 4711, new byte[4]));
    }

    [Fact]
    public void Descriptor_of_pipe_has_same_code()
    {
        Pipe(out Fd read, out Fd write);
        using (read)
        using (write)
        {
            using var their = new Socket(new SafeSocketHandle(Kernel.Number(read), ownsHandle: false));
            Same(SocketError.NotSocket, Errno.ENOTSOCK, () => Listen(read), () => their.Listen());
        }
    }

    [Fact]
    public void Shortage_of_descriptors_has_same_code()
    {
        Assert.ThrowsAny<SocketException>(() => new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Udp));
        using var limit = new DescriptorLimit();
        Same(
            SocketError.TooManyOpenSockets,
            Errno.EMFILE,
            () => Socket(AF_INET, SOCK_STREAM),
            () => _ = Tcp(),
            theirErrorCode: Errno.ENFILE.Value);
    }
}
