using System.IO.Pipes;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Unp.Net.Tests.Descriptors;

/// <summary>Every function accepts the BCL's handles as well as an <see cref="Fd"/>.</summary>
public sealed class FromBclTests : IDisposable
{
    readonly Socket listener = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
    readonly Socket client = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
    readonly TempDirectory directory = new();

    SafeSocketHandle Client => client.SafeHandle;

    public void Dispose()
    {
        client.Dispose();
        listener.Dispose();
        directory.Dispose();
    }

    [Fact]
    public void Bind_listen_connect_and_accept_take_bcl_handles()
    {
        Bind(listener.SafeHandle, SockAddr.Loopback(AF_INET));
        Listen(listener.SafeHandle, 5);
        SockAddr address = Getsockname(listener.SafeHandle);
        Connect(Client, address);
        using Fd server = Accept(listener.SafeHandle, out SockAddr peer);

        Assert.Equal(address, Getpeername(Client));
        Assert.Equal(Getsockname(Client), peer);
        Assert.Equal(AF_INET, Sockfd_to_family(Client));

        // The BCL works on the same socket.
        byte[] buffer = new byte[3];
        Writen(server, "one"u8);
        Assert.Equal(3, client.Receive(buffer));
        Assert.Equal("one"u8, buffer);
    }

    [Fact]
    public void Wildcard_bind_takes_bcl_handle()
    {
        int port = ntohs((ushort)Sock_bind_wild(Client, AF_INET));
        Assert.NotEqual(0, port);
        Assert.Equal(SockAddr.Any(AF_INET, port), Getsockname(Client));
    }

    [Fact]
    public void Reading_and_writing_take_bcl_handles()
    {
        using Fd server = ConnectedServer();
        Span<byte> buffer = stackalloc byte[80];

        Write(Client, "write "u8);
        Writen(Client, "writen "u8);
        Send(Client, "send "u8);
        Assert.Equal(18, Readn(server, buffer[..18]));
        Assert.Equal("write writen send "u8, buffer[..18]);

        Writen(server, "readn read recv peek recvfrom line\nlast"u8);
        Assert.Equal("readn "u8, buffer[..Readn(Client, buffer[..6])]);
        Assert.Equal("read "u8, buffer[..Read(Client, buffer[..5])]);
        Assert.Equal("recv "u8, buffer[..Recv(Client, buffer[..5])]);
        Assert.Equal("peek"u8, buffer[..Recv(Client, buffer[..4], MSG_PEEK)]);
        Assert.Equal("peek "u8, buffer[..Readn(Client, buffer[..5])]);
        Assert.Equal("recvfrom "u8, buffer[..Recvfrom(Client, buffer[..9], 0, out _)]);
        Assert.Equal("line\n"u8, buffer[..Readline(Client, buffer)]);
        Assert.Equal("last"u8, Readlinebuf(Client));
    }

    [Fact]
    public void Options_flags_and_shutdown_take_bcl_handles()
    {
        using Fd server = ConnectedServer();
        Setsockopt(Client, IPPROTO_TCP, TCP_NODELAY, 1);
        Assert.True(client.NoDelay);
        client.NoDelay = false;
        Assert.Equal(0, Getsockopt<int>(Client, IPPROTO_TCP, TCP_NODELAY));

        Fcntl(Client, F_SETFL, Fcntl(Client, F_GETFL) | O_NONBLOCK);
        Assert.True(Kernel.IsNonBlocking(Client));

        Writen(server, "12345"u8);
        Loopback.WaitUntilReadable(Client);
        Assert.Equal(client.Available, Kernel.Waiting(Client));

        Shutdown(Client, SHUT_WR);
        Assert.Equal(0, Read(server, new byte[1]));
    }

    [Fact]
    public void Dup_and_dup2_take_bcl_handles()
    {
        using Fd server = ConnectedServer();
        using (Fd copy = Dup(Client))
            Writen(copy, "by the copy"u8);
        Assert.Equal(11, Readn(server, new byte[11]));

        using Fd other = Socket(AF_INET, SOCK_STREAM);
        Dup2(Client, other);
        Assert.Equal(Getsockname(Client), Getsockname(other));
    }

    [Fact]
    public void Datagrams()
    {
        using var udp = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        using Fd peer = Loopback.Datagram();
        Bind(udp.SafeHandle, SockAddr.Loopback(AF_INET));
        Sendto(udp.SafeHandle, "ask"u8, 0, Getsockname(peer));
        Assert.Equal(3, Recvfrom(peer, new byte[80], 0, out SockAddr from));
        Sendto(peer, "answer"u8, 0, from);
        Assert.Equal(6, Recvfrom(udp.SafeHandle, new byte[80], 0, out from));
        Assert.Equal(Getsockname(peer), from);
    }

    [Fact]
    public void Echo()
    {
        using Fd server = ConnectedServer();
        Writen(server, "there and back\n"u8);
        Shutdown(server, SHUT_WR);
        Str_echo(Client);
        Assert.Equal(15, Readn(server, new byte[15]));
    }

    [Fact]
    public void File_handle_is_read_written_and_read_by_line()
    {
        using (SafeFileHandle file = File.OpenHandle(directory["file"], FileMode.Create, FileAccess.Write))
            Writen(file, "first\nsecond\nthird"u8);
        using SafeFileHandle again = File.OpenHandle(directory["file"]);
        Span<byte> buffer = stackalloc byte[80];
        Assert.Equal("first\n"u8, buffer[..Readline(again, buffer)]);
        Assert.Equal("second\n"u8, LineReader.For(again).ReadLine());
        Assert.Equal("third"u8, buffer[..Readn(again, buffer)]);
        Assert.Equal(Errno.ENOTSOCK, Assert.Throws<UnpException>(() => Getsockname(again)).Errno);
    }

    [Fact]
    public void Pipe_handle_is_read_and_written()
    {
        using var server = new AnonymousPipeServerStream(PipeDirection.Out);
        using var reading = new AnonymousPipeClientStream(PipeDirection.In, server.ClientSafePipeHandle);
        Span<byte> buffer = stackalloc byte[80];
        Writen(server.SafePipeHandle, "through a pipe"u8);
        Assert.Equal(14, Kernel.Waiting(reading.SafePipeHandle));
        Assert.Equal("through a pipe"u8, buffer[..Read(reading.SafePipeHandle, buffer)]);
        Assert.Equal(O_WRONLY, Fcntl(server.SafePipeHandle, F_GETFL) & 3);
    }

    [Fact]
    public void Closed_handle_is_reported_by_kind_and_number()
    {
        SafeSocketHandle handle = new Socket(SocketType.Stream, ProtocolType.Tcp).SafeHandle;
        int number = Kernel.Number(handle);
        handle.Dispose();
        Assert.Contains($"SafeSocketHandle {number} (closed)", Assert.Throws<ObjectDisposedException>(() => Getsockname(handle)).Message);

        SafeHandle file = File.OpenHandle("/dev/null");
        file.Dispose();
        Assert.Contains("SafeFileHandle", Assert.Throws<ObjectDisposedException>(() => Read(file, new byte[1])).Message);
    }

    [Fact]
    public void Handle_without_descriptor_is_EBADF()
    {
        using var empty = new SafeFileHandle();
        Assert.Equal(Errno.EBADF, Assert.Throws<UnpException>(() => Read(empty, new byte[1])).Errno);
        Assert.Equal(Errno.EBADF, Assert.Throws<UnpException>(() => Dup(empty)).Errno);
    }

    Fd ConnectedServer()
    {
        using Fd listenfd = Loopback.Listener();
        client.Connect(Getsockname(listenfd).ToEndPoint());
        return Accept(listenfd);
    }
}
