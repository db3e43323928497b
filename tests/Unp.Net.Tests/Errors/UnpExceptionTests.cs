using System.ComponentModel;
using System.Net.Sockets;

namespace Unp.Net.Tests.Errors;

public class UnpExceptionTests
{
    [Fact]
    public void Bind_reports_address_in_use()
    {
        using Fd listenfd = Loopback.Listener();
        using Fd second = Socket(AF_INET, SOCK_STREAM);
        SockAddr address = Getsockname(listenfd);
        var failure = Assert.Throws<UnpException>(() => Bind(second, address));
        Assert.Equal($"bind error: Address already in use (127.0.0.1:{address.Port})", failure.Message);
        Assert.Equal(
            ("bind", Errno.EADDRINUSE, 98, SocketError.AddressAlreadyInUse),
            (failure.Function, failure.Errno, failure.ErrorCode, failure.SocketErrorCode));
    }

    [Fact]
    public void Connect_reports_address_that_refused()
    {
        SockAddr address = Loopback.Deaf(out Fd holder);
        using (holder)
        using (Fd fd = Socket(AF_INET, SOCK_STREAM))
        {
            var failure = Assert.Throws<UnpException>(() => Connect(fd, address));
            Assert.Equal($"connect error: Connection refused ({address})", failure.Message);
            Assert.Equal("connect", failure.Function);
        }
    }

    [Fact]
    public void Connect_by_name_reports_host_and_service()
    {
        SockAddr address = Loopback.Deaf(out Fd holder);
        using (holder)
        {
            var failure = Assert.Throws<UnpException>(() => Tcp_connect("127.0.0.1", $"{address.Port}"));
            Assert.Equal($"tcp_connect error for 127.0.0.1, {address.Port}: Connection refused", failure.Message);
            Assert.Equal(("tcp_connect", Errno.ECONNREFUSED), (failure.Function, failure.Errno));
        }
    }

    [Fact]
    public void Listen_by_name_reports_host_and_service()
    {
        using Fd listenfd = Loopback.Listener();
        int port = Getsockname(listenfd).Port;
        var failure = Assert.Throws<UnpException>(() => Tcp_listen("127.0.0.1", $"{port}"));
        Assert.Equal($"tcp_listen error for 127.0.0.1, {port}: Address already in use", failure.Message);
    }

    [Fact]
    public void Call_without_address_reports_descriptor_or_kind_of_socket()
    {
        using Fd fd = Socket(AF_INET, SOCK_STREAM);
        var failure = Assert.Throws<UnpException>(() => Getpeername(fd));
        Assert.Equal(($"getpeername error: Transport endpoint is not connected ({fd})", $"{fd}"), (failure.Message, failure.Subject));
        (int Family, int Type, int Protocol, string Kind)[] sockets =
        [
            (4711, SOCK_STREAM, 0, "4711, SOCK_STREAM"),
            (AF_INET6, SOCK_STREAM | SOCK_NONBLOCK, IPPROTO_UDP, "AF_INET6, SOCK_STREAM|SOCK_NONBLOCK, IPPROTO_UDP"),
            (AF_UNIX, SOCK_STREAM, 7, "AF_UNIX, SOCK_STREAM, 7"),
            (AF_INET, 9, 0, "AF_INET, 9"),
        ];
        Assert.All(sockets, wanted =>
            Assert.Equal(wanted.Kind, Assert.Throws<UnpException>(() => Socket(wanted.Family, wanted.Type, wanted.Protocol)).Subject));
    }

    [Fact]
    public void Expired_time_out_is_named()
    {
        using var pair = StreamPair.Unix(out Fd first, out _);
        Kernel.SetTimeouts(first, microseconds: 1000);
        Assert.EndsWith($"({first}, SO_RCVTIMEO has expired)", Assert.Throws<UnpException>(() => Recv(first, new byte[1])).Message);
        Assert.EndsWith($"({first}, SO_RCVTIMEO has expired)", Assert.Throws<UnpException>(() => Read(first, new byte[1])).Message);
        Assert.EndsWith($"({first})", Assert.Throws<UnpException>(() => Recv(first, new byte[1], MSG_DONTWAIT)).Message);
        Assert.EndsWith(
            $"({first}, SO_SNDTIMEO has expired)", Assert.Throws<UnpException>(() => Send(first, new byte[10_000_000])).Message);
        SetNonBlocking(first);
        Assert.EndsWith($"({first})", Assert.Throws<UnpException>(() => Recv(first, new byte[1])).Message);
    }

    [Fact]
    public void Size_of_refused_segments_is_named()
    {
        using Fd fd = Udp_connect("127.0.0.1", 9);
        Setsockopt(fd, SocketOptions.UdpSegment, 10);
        Assert.EndsWith(
            $"({fd}, UDP_SEGMENT is 10: too many segments, or longer than the MTU)",
            Assert.Throws<UnpException>(() => Send(fd, new byte[5000])).Message);
    }

    [Fact]
    public void Two_descriptors_of_call_are_named()
    {
        Pipe(out Fd read, out Fd write);
        using (read)
        using (write)
        {
            long offset = 0;
            Assert.EndsWith($"({read} to {write})", Assert.Throws<UnpException>(() => Sendfile(write, read, ref offset)).Message);
        }
    }

    [Fact]
    public void Program_prints_message_without_descriptor()
    {
        using var error = new CapturedError();
        using Fd fd = Socket(AF_INET, SOCK_STREAM);
        Assert.Equal(1, UnpProgram.Run(() => Getpeername(fd)));
        Assert.Equal(1, UnpProgram.Run(() => Socket(4711, SOCK_STREAM)));
        Assert.Equal(1, UnpProgram.Run(() => Bind(fd, SockAddr.Inet("192.0.2.1", 0))));
        Assert.Equal(
            "getpeername error: Transport endpoint is not connected\nsocket error: Address family not supported by protocol\n"
            + "bind error: Cannot assign requested address (192.0.2.1)\n",
            error.Text);
    }

    [Fact]
    public void Exception_can_be_created_by_caller()
    {
        var plain = new UnpException(Errno.EACCES, "mine");
        Assert.Equal(("mine error: Permission denied", "mine", 0L), (plain.Message, plain.Function, plain.BytesTransferred));
        Assert.Equal("mine error: Permission denied (it)", new UnpException(Errno.EACCES, "mine", "it").Message);
        var part = new UnpException(Errno.EPIPE, "mine", "(no address)", 7);
        Assert.Equal(("mine error: Broken pipe (no address)", 7L), (part.Message, part.BytesTransferred));
        Assert.Contains("UnpException", plain.ToString());
        Assert.Contains("mine error: Permission denied", plain.ToString());
    }

    [Fact]
    public void Unknown_error_is_kept_in_errno()
    {
        var failure = new UnpException(new Errno(4711), "mine");
        Assert.Equal(("errno 4711", 4711, SocketError.SocketError), (failure.Errno.Name, failure.ErrorCode, failure.SocketErrorCode));
        Assert.Contains("4711", failure.Message);
        Assert.Equal(SocketError.SocketError, new UnpException(Errno.ELOOP, "mine").SocketErrorCode);
        Assert.Equal(SocketError.SocketError, new UnpException(Errno.EAUTH, "mine").SocketErrorCode);
    }

    [Fact]
    public void Exception_is_caught_as_socket_exception()
    {
        SockAddr address = Loopback.Deaf(out Fd holder);
        using (holder)
        using (Fd fd = Socket(AF_INET, SOCK_STREAM))
        {
            bool caught = false;
            try
            {
                Connect(fd, address);
            }
            catch (SocketException refused) when (refused.SocketErrorCode == SocketError.ConnectionRefused)
            {
                caught = refused is Win32Exception;
            }
            Assert.True(caught);
        }
    }

    // The codes of System.Net.Sockets for errors that a test cannot cause.
    public static TheoryData<Errno, SocketError> RareErrors => new()
    {
        { Errno.ETIMEDOUT, SocketError.TimedOut },
        { Errno.EHOSTUNREACH, SocketError.HostUnreachable },
        { Errno.EHOSTDOWN, SocketError.HostDown },
        { Errno.ENETUNREACH, SocketError.NetworkUnreachable },
        { Errno.ENETDOWN, SocketError.NetworkDown },
        { Errno.ENETRESET, SocketError.NetworkReset },
        { Errno.ECONNABORTED, SocketError.ConnectionAborted },
        { Errno.ENFILE, SocketError.TooManyOpenSockets },
        { Errno.ENOBUFS, SocketError.NoBufferSpaceAvailable },
        { Errno.EINTR, SocketError.Interrupted },
        { Errno.EINPROGRESS, SocketError.InProgress },
        { Errno.EALREADY, SocketError.AlreadyInProgress },
        { Errno.ECANCELED, SocketError.OperationAborted },
        { Errno.EBADF, SocketError.OperationAborted },
        { Errno.EFAULT, SocketError.Fault },
        { Errno.EPERM, SocketError.AccessDenied },
        { Errno.ESHUTDOWN, SocketError.Disconnecting },
        { Errno.EPFNOSUPPORT, SocketError.ProtocolFamilyNotSupported },
        { Errno.ENXIO, SocketError.HostNotFound },
        { Errno.ENODATA, SocketError.NoData },
    };

    [Theory]
    [MemberData(nameof(RareErrors))]
    public void Uncommon_error_has_code_of_dotnet(Errno errno, SocketError code) =>
        Assert.Equal(code, new UnpException(errno, "mine").SocketErrorCode);
}
