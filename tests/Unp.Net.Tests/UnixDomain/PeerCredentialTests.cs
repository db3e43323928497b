using System.Globalization;

namespace Unp.Net.Tests.UnixDomain;

/// <summary>Tests the credentials of the peer, as the kernel reports them.</summary>
public class PeerCredentialTests
{
    static readonly string Name = $"unp-{Environment.ProcessId}-credentials";

    [Theory]
    [InlineData(SOCK_STREAM)]
    [InlineData(SOCK_DGRAM)]
    [InlineData(SOCK_SEQPACKET)]
    public void Peer_of_socketpair_is_this_process(int type)
    {
        Socketpair(AF_UNIX, type, 0, out Fd first, out Fd second);
        using (first)
        using (second)
        {
            var own = new PeerCredentials(Environment.ProcessId, Own("Uid")[1], Own("Gid")[1]);
            Assert.Equal((own, own), (Getpeercred(first), Getpeercred(second)));
            Assert.Equal(Own("Groups"), Getpeergroups(first));
            RequirePidfd();
            using Fd process = Getpeerpidfd(second);
            Assert.True(Kernel.IsCloseOnExec(process));
            Assert.Equal($"{Environment.ProcessId}", Kernel.Info(process, "Pid"));
            Pidfd_send_signal(process, 0);
        }
    }

    [Fact]
    public void Peer_is_client_process()
    {
        RequirePidfd();
        using Fd listenfd = Loopback.Listener(SockAddr.UnixAbstract(Name));
        using Peer client = ChildProcess.Start("connect to", $"@{Name}");
        Assert.Equal("connected", client.ReadLine());
        using Fd connection = Accept(listenfd);
        Assert.Equal(client.Id, Getpeercred(connection).ProcessId);

        using Fd process = Getpeerpidfd(connection);
        Pidfd_send_signal(process, SIGKILL);
        Loopback.WaitUntilReadable(process);
        Assert.Equal(128 + SIGKILL, client.WaitForExit());
        Assert.Equal(Errno.ESRCH, Assert.Throws<UnpException>(() => Pidfd_send_signal(process, SIGKILL)).Errno);

        // The kernel still reports the id, although another process may have it by now. A new pidfd cannot be obtained.
        Assert.Equal(client.Id, Getpeercred(connection).ProcessId);
        Errno gone = Assert.Throws<UnpException>(() =>
        {
            using Fd again = Getpeerpidfd(connection); // Linux 6.16 and later still return a pidfd here
            Pidfd_send_signal(again, 0);
        }).Errno;
        Assert.Contains(gone, (Errno[])[Errno.ESRCH, Errno.EINVAL]);
    }

    [Fact]
    public void Peer_credentials_are_those_of_listening_process()
    {
        using Fd listenfd = Loopback.Listener(SockAddr.UnixAbstract(Name));
        using Fd client = Loopback.Connected(listenfd);
        Assert.Equal(Environment.ProcessId, Getpeercred(client).ProcessId);
        Assert.Equal(Environment.ProcessId, Getpeercred(listenfd).ProcessId);
    }

    [Theory]
    [InlineData(3)]
    [InlineData(100)]
    public void User_and_groups_are_those_of_client(int groups)
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "only root can be another user");
        Peer.Require("setpriv");
        Peer.Require("socat");
        using Fd listenfd = Loopback.Listener(SockAddr.UnixAbstract(Name));
        uint[] supplementary = [.. Enumerable.Range(2000, groups).Select(group => (uint)group)];
        string[] identity = ["--reuid=1234", "--regid=4321", $"--groups={string.Join(',', supplementary)}"];
        using Peer client = Peer.Start("setpriv", [.. identity, "socat", "-", $"ABSTRACT-CONNECT:{Name}"]);
        using Fd connection = Accept(listenfd);
        Assert.Equal(new PeerCredentials(client.Id, 1234, 4321), Getpeercred(connection));
        Assert.Equal(supplementary, Getpeergroups(connection));
    }

    [Fact]
    public void Message_sent_before_PassCred_has_no_process()
    {
        var (first, second) = Loopback.UnixPair();
        using (first)
        using (second)
        {
            Write(first, "x"u8);
            Setsockopt(second, SocketOptions.PassCred, true);
            Span<byte> control = stackalloc byte[ControlSpace.Credentials];
            ReceivedMessage message = Recvmsg(second, new byte[1], 0, control);
            int count = 0;
            foreach (ControlMessage one in message.Control)
            {
                Assert.True(one.TryGetCredentials(out PeerCredentials nobody));
                Assert.Null(nobody.ProcessId);
                count++;
            }
            Assert.Equal(1, count);
        }
    }

    [Fact]
    public void Socket_without_peer_is_ENOTCONN()
    {
        RequirePidfd();
        using Fd unconnected = Socket(AF_UNIX, SOCK_STREAM);
        var (tcp, server) = Loopback.TcpPair();
        Pipe(out Fd read, out Fd write);
        using (server)
        using (tcp)
        using (read)
        using (write)
        {
            foreach (Fd fd in (Fd[])[unconnected, tcp])
            {
                foreach (Action call in Calls(fd))
                    Assert.Equal(Errno.ENOTCONN, Assert.Throws<UnpException>(call).Errno);
            }
            foreach (Action call in Calls(read))
                Assert.Equal(Errno.ENOTSOCK, Assert.Throws<UnpException>(call).Errno);
        }
        Assert.Equal(
            "getsockopt error: Transport endpoint is not connected (SO_PEERCRED)",
            Assert.Throws<UnpException>(() => Getpeercred(unconnected)).Message);
        using Fd internet = Socket(AF_INET, SOCK_STREAM);
        Assert.EndsWith(
            $"(SO_PEERCRED, {internet} is not a Unix socket)", Assert.Throws<UnpException>(() => Getpeercred(internet)).Message);
    }

    static void RequirePidfd() =>
        Assert.SkipWhen(Environment.OSVersion.Version < new Version(6, 5), "SO_PEERPIDFD is newer than this kernel");

    static Action[] Calls(Fd fd) => [() => Getpeercred(fd), () => Getpeergroups(fd), () => Getpeerpidfd(fd).Dispose()];

    /// <summary>Returns the numbers of a line of /proc/self/status: real, effective... ids, or the supplementary groups.</summary>
    static uint[] Own(string key) =>
    [
        .. File.ReadLines("/proc/self/status").Single(line => line.StartsWith(key + ":", StringComparison.Ordinal))[(key.Length + 1)..]
            .Split((char[])[' ', '\t'], StringSplitOptions.RemoveEmptyEntries)
            .Select(number => uint.Parse(number, CultureInfo.InvariantCulture)),
    ];
}
