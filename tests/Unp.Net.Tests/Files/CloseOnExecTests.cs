namespace Unp.Net.Tests.Files;

public class CloseOnExecTests
{
    [Fact]
    public void Created_and_received_descriptors_are_close_on_exec()
    {
        using var directory = new TempDirectory();
        using Fd listenfd = Loopback.Listener();
        using Fd client = Loopback.Connected(listenfd);
        using Fd server = Accept(listenfd);
        using Fd dup = Dup(client);
        using Fd file = Open(directory["file"], O_RDWR | O_CREAT, 0b110_000_000);
        using Fd byName = Tcp_connect("127.0.0.1", $"{Getsockname(listenfd).Port}");
        using Fd accepted = Accept(listenfd, out _);
        using Fd listening = Tcp_listen("127.0.0.1", "0");
        Pipe(out Fd read, out Fd write);
        Socketpair(AF_UNIX, SOCK_DGRAM, 0, out Fd first, out Fd second);
        using (read)
        using (write)
        using (first)
        using (second)
        {
            Fd[] all = [listenfd, client, server, dup, file, byName, accepted, listening, read, write, first, second];
            Assert.All(all, fd => Assert.True(Kernel.IsCloseOnExec(fd), $"{fd}"));
        }
    }

    [Fact]
    public void Child_process_inherits_no_descriptor()
    {
        using Fd listenfd = Loopback.Listener();
        using Fd client = Loopback.Connected(listenfd);
        using Fd server = Accept(listenfd);
        using Peer ls = Peer.Start("ls", "-l", "/proc/self/fd");
        Assert.DoesNotContain("socket:", ls.ReadToEnd());
        Assert.Equal(0, ls.WaitForExit());
    }

    [Fact]
    public void Flags_ored_into_type_are_kept()
    {
        using Fd socket = Socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK);
        Assert.True(Kernel.IsNonBlocking(socket));
        Socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK, 0, out Fd first, out Fd second);
        using (first)
        using (second)
        {
            Assert.True(Kernel.IsNonBlocking(first) && Kernel.IsNonBlocking(second));
            Assert.True(Kernel.IsCloseOnExec(first) && Kernel.IsCloseOnExec(second));
        }
    }
}
