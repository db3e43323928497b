using static Unp.Testing.AllocationCheck;

namespace Unp.Net.Tests.Streams;

/// <summary>The data path allocates nothing in 1000 calls after a warm-up.</summary>
public class AllocationTests
{
    [Fact]
    public void Reading_and_writing_take_bcl_handles()
    {
        using var pair = StreamPair.Unix(out Fd first, out Fd second);
        byte[] buffer = new byte[64];
        AssertFree("Write and Read", () =>
        {
            Write(first, "twelve bytes"u8);
            Read(second, buffer);
        });
        AssertFree("Writen and Readn", () =>
        {
            Writen(first, "twelve bytes"u8);
            Readn(second, buffer.AsSpan(0, 12));
        });
        AssertFree("writen and readn", () =>
        {
            _ = writen(first, "twelve bytes"u8);
            _ = readn(second, buffer.AsSpan(0, 12));
        });
        AssertFree("Send and Recv", () =>
        {
            Send(first, "twelve bytes"u8);
            Recv(second, buffer, MSG_PEEK);
            Recv(second, buffer);
        });
    }

    [Fact]
    public void Lines()
    {
        using var pair = StreamPair.Unix(out Fd first, out Fd second);
        byte[] buffer = new byte[64];
        LineReader lines = LineReader.For(second);
        AssertFree("Readline", () =>
        {
            Writen(first, "one\ntwo\nthree"u8);
            Readline(second, buffer);
            _ = Readlinebuf(second).Length;
            Readline(second, buffer);
            Read(second, buffer);
        });
        AssertFree("LineReader", () =>
        {
            Writen(first, "one\ntwo\nthree\n"u8);
            for (int i = 0; i < 3; i++)
                _ = lines.ReadLine().Length + lines.Buffered.Length + LineReader.For(second).GetHashCode();
        });
    }

    [Fact]
    public void Calls_on_bcl_handles_allocate_nothing()
    {
        using var pair = StreamPair.Unix(out Fd first, out Fd second);
        byte[] buffer = new byte[64];
        using var socket = second.ToSocketHandle();
        AssertFree("Read", () =>
        {
            Writen(first, "line\nmore"u8);
            Readline(socket, buffer);
            Read(socket, buffer);
        });
    }

    [Fact]
    public void Datagrams()
    {
        using Fd fd = Loopback.Datagram();
        SockAddr self = Getsockname(fd);
        byte[] buffer = new byte[64];
        AssertFree("Sendto and Recvfrom", () =>
        {
            Sendto(fd, "datagram"u8, 0, self);
            Recvfrom(fd, buffer, 0, out SockAddr from);
            if (from != self)
                throw new InvalidOperationException("another's");
        });
    }

    [Fact]
    public void Expected_errors_allocate_nothing()
    {
        using var pair = StreamPair.Unix(out Fd first, out _);
        Kernel.SetNonBlocking(first);
        byte[] buffer = new byte[64];
        AssertFree("EAGAIN", () =>
        {
            if (readn(first, buffer) >= 0 || Errno.Last != Errno.EAGAIN || readline(first, buffer) >= 0 || Errno.Last != Errno.EWOULDBLOCK)
                throw new InvalidOperationException("There was something to read.");
        });
    }

    [Fact]
    public void Options_and_addresses_allocate_nothing()
    {
        using Fd fd = Loopback.Datagram();
        SockAddr first = Getsockname(fd), second = SockAddr.Loopback(AF_INET6, 80);
        char[] text = new char[128];
        byte[] utf8 = new byte[128];
        AssertFree(
            "Getsockopt and Setsockopt", () => Setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, Getsockopt<int>(fd, SOL_SOCKET, SO_REUSEADDR)));
        AssertFree("Fcntl and Ioctl", () => Fcntl(fd, F_SETFL, Fcntl(fd, F_GETFL) + Kernel.Waiting(fd)));
        AssertFree("SockAddr", () =>
        {
            if (Getsockname(fd) != first || first == second || first.Equals(second) || first.GetHashCode() == 0
                || Sock_cmp_addr(first, second) == 0 || Sock_cmp_port(first, second) == 0)
                throw new InvalidOperationException("unlike itself");
        });
        AssertFree("TryFormat", () =>
        {
            if (!first.TryFormat(text, out _, default, null) || !second.TryFormat(utf8, out _, default, null))
                throw new InvalidOperationException("no room");
        });
    }
}
