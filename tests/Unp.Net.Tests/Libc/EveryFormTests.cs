using System.Net;
using System.Runtime.InteropServices;

namespace Unp.Net.Tests.LibcCalls;

/// <summary>Tests that each overload of each function of Libc works, and after a failure returns -1 and sets the error.</summary>
public unsafe class EveryFormTests
{
    public static TheoryData<string> Forms => [.. Form.All.Keys];

    [Fact]
    public void Overload_with_handle_has_overload_with_number()
    {
        string[] missing =
        [
            .. from method in typeof(Libc).GetMethods()
               let types = method.GetParameters().Select(parameter => parameter.ParameterType).ToArray()
               where types.Contains(typeof(SafeHandle))
               let withNumbers = types.Select(type => type == typeof(SafeHandle) ? typeof(int) : type).ToArray()
               where typeof(Libc).GetMethod(method.Name, withNumbers) is null
               select method.ToString(),
        ];
        Assert.Empty(missing);
    }

    [Theory]
    [MemberData(nameof(Forms))]
    public void TCP_connection_is_opened_used_and_closed(string form)
    {
        Form c = Form.All[form];
        using Fd listenfd = Loopback.Limited(new Fd(socket(AF_INET, SOCK_STREAM, 0)));
        Assert.Equal(0, c.Bind(listenfd, SockAddr.Loopback(AF_INET)));
        Assert.Equal(0, c.Listen(listenfd, 5));
        Assert.Equal(0, c.Getsockname(listenfd, out SockAddr address));
        Assert.Equal(IPAddress.Loopback, address.Address);

        foreach (bool withFlags in (bool[])[false, true])
        {
            using Fd client = Loopback.Limited(new Fd(socket(AF_INET, SOCK_STREAM, 0)));
            Assert.Equal(0, c.Connect(client, address));
            using Fd server = new(withFlags ? c.Accept4(listenfd, out SockAddr peer, SOCK_NONBLOCK) : c.Accept(listenfd, out peer));
            Assert.Equal(withFlags, Kernel.IsNonBlocking(server));
            Assert.Equal(0, c.Getsockname(client, out SockAddr own));
            Assert.Equal(own, peer);
            Assert.Equal(0, c.Getpeername(client, out SockAddr other));
            Assert.Equal(address, other);

            byte[] buffer = new byte[8];
            Assert.Equal(5, c.Write(client, "write"u8.ToArray()));
            Loopback.WaitUntilReadable(server);
            Assert.Equal(5, c.Recv(server, buffer, MSG_PEEK));
            Assert.Equal("write"u8, buffer.AsSpan(0, 5));
            Assert.Equal(4, c.Send(server, "send"u8.ToArray(), MSG_NOSIGNAL));
            Assert.Equal(4, c.Read(client, buffer));
            Assert.Equal("sende"u8, buffer.AsSpan(0, 5));

            Assert.Equal(0, c.Shutdown(server, SHUT_WR));
            Assert.Equal(0, c.Read(client, buffer));
        }
    }

    [Theory]
    [MemberData(nameof(Forms))]
    public void Datagrams_are_sent_and_received_with_addresses(string form)
    {
        Form c = Form.All[form];
        using Fd first = Loopback.Datagram(AF_INET6);
        using Fd second = Loopback.Datagram(AF_INET6);
        byte[] buffer = new byte[8];
        Assert.Equal(8, c.Sendto(first, "datagram"u8.ToArray(), 0, Getsockname(second)));
        Loopback.WaitUntilReadable(second);
        Assert.Equal(8, c.Recvfrom(second, buffer, 0, out SockAddr from));
        Assert.Equal("datagram"u8, buffer);
        Assert.Equal(Getsockname(first), from);

        // An empty datagram too, from an empty array.
        Assert.Equal(0, c.Sendto(first, [], 0, Getsockname(second)));
        Loopback.WaitUntilReadable(second);
        Assert.Equal(0, c.Recvfrom(second, [], 0, out from));
        Assert.Equal(Getsockname(first), from);
    }

    [Theory]
    [MemberData(nameof(Forms))]
    public void Option_reads_back(string form)
    {
        Form c = Form.All[form];
        using Fd fd = Socket(AF_INET, SOCK_STREAM);
        Assert.Equal(0, c.Getsockopt(fd, SOL_SOCKET, SO_KEEPALIVE, out int value));
        Assert.Equal(0, value);
        Assert.Equal(0, c.Setsockopt(fd, SOL_SOCKET, SO_KEEPALIVE, 1));
        Assert.Equal(0, c.Getsockopt(fd, SOL_SOCKET, SO_KEEPALIVE, out value));
        Assert.Equal(1, value);
        Assert.Equal((-1, Errno.ENOPROTOOPT), (c.Setsockopt(fd, SOL_SOCKET, 9999, 1), Errno.Last));
    }

    [Theory]
    [MemberData(nameof(Forms))]
    public void Flags_and_requests_reach_descriptor(string form)
    {
        Form c = Form.All[form];
        var (first, second) = Loopback.UnixPair();
        using (first)
        using (second)
        {
            Assert.Equal(0, c.Fcntl(first, F_SETFL, O_NONBLOCK));
            Assert.Equal(O_RDWR | O_NONBLOCK, c.Fcntl(first, F_GETFL, 0));
            Assert.Equal(FD_CLOEXEC, c.Fcntl(first, F_GETFD, 0));
            Assert.Equal((-1, Errno.EAGAIN), (c.Read(first, new byte[1]), Errno.Last));

            Writen(second, "12345"u8);
            int value = 0;
            Assert.Equal(0, c.Ioctl(first, FIONREAD, ref value));
            Assert.Equal(5, value);
            value = 0;
            Assert.Equal(0, c.Ioctl(first, FIONBIO, ref value));
            Assert.False(Kernel.IsNonBlocking(first));
            Assert.Equal((-1, Errno.ENOTTY), (c.Ioctl(first, 0x5401, ref value), Errno.Last)); // TCGETS, a request of terminals
        }
    }

    [Theory]
    [MemberData(nameof(Forms))]
    public void Duplicates_share_file_and_are_inherited_by_default(string form)
    {
        Form c = Form.All[form];
        var (first, second) = Loopback.UnixPair();
        using (first)
        using (second)
        using (Fd other = Dup(second))
        {
            using (Fd copy = new(c.Dup(first)))
            {
                Assert.False(Kernel.IsCloseOnExec(copy));
                Assert.Equal(1, c.Write(copy, "x"u8.ToArray()));
                Assert.Equal(1, Kernel.Waiting(second));
            }
            Assert.Equal(Kernel.Number(other), c.Dup2(first, other));
            Assert.False(Kernel.IsCloseOnExec(other));
            Assert.Equal(1, c.Write(other, "x"u8.ToArray()));
            Assert.Equal(2, Kernel.Waiting(second));

            Assert.Equal(Kernel.Number(other), c.Dup3(second, other, O_CLOEXEC));
            Assert.True(Kernel.IsCloseOnExec(other));
            Assert.Equal(2, Kernel.Waiting(other));
            Assert.Equal((-1, Errno.EINVAL), (c.Dup3(other, other, 0), Errno.Last));
        }
    }

    [Theory]
    [MemberData(nameof(Forms))]
    public void Descriptor_that_is_not_open_is_EBADF(string form)
    {
        using Fd none = Fd.Borrow(999_999);
        Assert.All(Calls(Form.All[form]), call => Assert.Equal((-1, Errno.EBADF), (call(none), Errno.Last)));
    }

    [Fact]
    public void Closed_or_null_handle_never_reaches_kernel()
    {
        Fd closed = Socket(AF_INET, SOCK_STREAM);
        closed.Dispose();
        Func<Fd, nint>[] calls = [.. Calls(Form.All["SafeHandle"]), .. Calls(Form.All["SafeHandle and pointers"])];
        Assert.All(calls, call =>
        {
            Assert.Throws<ObjectDisposedException>(() => call(closed));
            Assert.Throws<NullReferenceException>(() => call(null!)); // as the runtime's own marshalling throws
        });
    }

    [Theory]
    [MemberData(nameof(Forms))]
    public void Address_of_failed_call_is_empty(string form)
    {
        Form c = Form.All[form];
        using Fd fd = Socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK);
        Assert.Equal((-1, default(SockAddr), Errno.ENOTCONN), (c.Getpeername(fd, out SockAddr address), address, Errno.Last));
        Assert.Equal((-1, default(SockAddr), Errno.EINVAL), (c.Accept(fd, out address), address, Errno.Last));
        Assert.Equal((-1, default(SockAddr), Errno.EINVAL), (c.Accept4(fd, out address, 0), address, Errno.Last));
        using Fd datagram = Socket(AF_INET, SOCK_DGRAM | SOCK_NONBLOCK);
        Assert.Equal((-1, default(SockAddr), Errno.EAGAIN), (c.Recvfrom(datagram, new byte[1], 0, out address), address, Errno.Last));
    }

    static Func<Fd, nint>[] Calls(Form c)
    {
        SockAddr address = SockAddr.Loopback(AF_INET, 9);
        byte[] buffer = [1];
        int value = 1;
        msghdr message = default;
        return
        [
            fd => c.Bind(fd, address), fd => c.Connect(fd, address), fd => c.Listen(fd, 1),
            fd => c.Accept(fd, out _), fd => c.Accept4(fd, out _, 0),
            fd => c.Getsockname(fd, out _), fd => c.Getpeername(fd, out _), fd => c.Shutdown(fd, SHUT_RD),
            fd => c.Getsockopt(fd, SOL_SOCKET, SO_TYPE, out value), fd => c.Setsockopt(fd, SOL_SOCKET, SO_KEEPALIVE, 1),
            fd => c.Read(fd, buffer), fd => c.Write(fd, buffer), fd => c.Recv(fd, buffer, 0), fd => c.Send(fd, buffer, 0),
            fd => c.Recvfrom(fd, buffer, 0, out _), fd => c.Sendto(fd, buffer, 0, address),
            fd => c.Readv(fd, []), fd => c.Writev(fd, []), fd => c.Recvmsg(fd, ref message, 0), fd => c.Sendmsg(fd, message, 0),
            fd => c.Recvmmsg(fd, [default], 0, null), fd => c.Sendmmsg(fd, [default], 0), fd => c.Sockatmark(fd),
            fd => c.Fcntl(fd, F_GETFL, 0), fd => c.Ioctl(fd, FIONREAD, ref value),
            fd => c.Dup(fd), fd => c.Dup2(fd, Fd.StandardInput), fd => c.Dup3(fd, Fd.StandardInput, 0),
        ];
    }
}
