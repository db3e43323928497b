namespace Unp.Net.Tests.UnixDomain;

/// <summary>Tests what happens to a file at a server's path: only a socket that no process has open is replaced.</summary>
public sealed class StaleSocketTests : IDisposable
{
    readonly TempDirectory directory = new();

    string Path => directory["s"];

    public void Dispose() => directory.Dispose();

    public static TheoryData<int> Types => [SOCK_STREAM, SOCK_DGRAM, SOCK_SEQPACKET];

    [Theory]
    [MemberData(nameof(Types))]
    public void Socket_of_dead_server_is_replaced(int type)
    {
        for (int round = 0; round < 3; round++)
        {
            using Fd fd = Socket(AF_UNIX, type);
            BindUnix(fd, Path);
            Assert.Equal(Path, Getsockname(fd).Path);
        }
        Assert.True(UnlinkStale(Path));
        Assert.False(File.Exists(Path));
        Assert.False(UnlinkStale(Path));
    }

    [Theory]
    [MemberData(nameof(Types))]
    public void Bound_socket_is_kept(int type)
    {
        using Fd server = Socket(AF_UNIX, type);
        Bind(server, SockAddr.Unix(Path)); // not listening yet
        ExpectKept(", which a process has open");
        if (type != SOCK_DGRAM)
        {
            Listen(server);
            ExpectKept(", which a process has open");
        }
    }

    [Fact]
    public void Server_does_not_notice_probe()
    {
        using Fd server = UnixListen(Path);
        ExpectKept(", which a process has open");
        Kernel.SetNonBlocking(server);
        Assert.Equal(Errno.EAGAIN, Assert.Throws<UnpException>(() => Accept(server)).Errno);
        using Fd client = Loopback.Connected(server);
        Accept(server).Dispose();
    }

    [Fact]
    public void Connected_datagram_socket_is_kept()
    {
        using Fd peer = Socket(AF_UNIX, SOCK_DGRAM);
        using Fd server = Socket(AF_UNIX, SOCK_DGRAM);
        Bind(peer, SockAddr.Unix(directory["peer"]));
        Bind(server, SockAddr.Unix(Path));
        Connect(server, SockAddr.Unix(directory["peer"]));
        ExpectKept(", which a process has open");
    }

    [Fact]
    public void Regular_file_is_kept()
    {
        File.WriteAllText(Path, "precious");
        ExpectKept(", which is not a socket");
        Assert.Equal("precious", File.ReadAllText(Path));
    }

    [Fact]
    public void Directory_and_fifo_are_kept()
    {
        Directory.CreateDirectory(Path);
        ExpectKept(", which is not a socket");
        Directory.Delete(Path);
        using (Peer mkfifo = Peer.Start("mkfifo", Path))
            Assert.Equal(0, mkfifo.WaitForExit());
        ExpectKept(", which is not a socket");
    }

    [Fact]
    public void Symbolic_link_and_its_target_are_kept()
    {
        string target = directory["target"];
        UnixListen(target).Dispose(); // leaves a stale socket
        File.CreateSymbolicLink(Path, target);
        ExpectKept(", which is not a socket");
        Assert.Equal(target, new FileInfo(Path).LinkTarget);
        Assert.True(File.Exists(target));
    }

    [Fact]
    public void Other_errors_are_those_of_bind()
    {
        using Fd fd = Socket(AF_UNIX, SOCK_STREAM);
        string none = directory["none/s"];
        Assert.Equal($"bind error: No such file or directory ({none})", Assert.Throws<UnpException>(() => BindUnix(fd, none)).Message);
        var missing = Assert.Throws<UnpException>(() => UnlinkStale(none));
        Assert.Equal($"open error: No such file or directory ({directory["none"]})", missing.Message);
        using Fd tcp = Socket(AF_INET, SOCK_STREAM);
        Assert.NotEqual(Errno.EADDRINUSE, Assert.Throws<UnpException>(() => BindUnix(tcp, Path)).Errno);
        Assert.Throws<ArgumentException>("path", () => UnixListen(""));
        Assert.Throws<ArgumentException>("path", () => BindUnix(fd, "a\0b"));
        Assert.Throws<ArgumentNullException>("path", () => UnlinkStale(null!));
        Assert.Equal(Errno.EOPNOTSUPP, Assert.Throws<UnpException>(() => UnixListen(Path, SOCK_DGRAM)).Errno);
        Assert.False(File.Exists(Path));
        Assert.Equal(Errno.EINVAL, Assert.Throws<UnpException>(() => UnixListen(Path, 999)).Errno);
    }

    [Fact]
    public void Path_in_working_directory_needs_no_slash()
    {
        string before = Environment.CurrentDirectory;
        try
        {
            Environment.CurrentDirectory = System.IO.Path.GetDirectoryName(Path)!;
            UnixListen("here").Dispose();
            UnixListen("here").Dispose();
            Assert.True(File.Exists("here"));
            Assert.True(UnlinkStale("here"));
        }
        finally
        {
            Environment.CurrentDirectory = before;
        }
    }

    [Fact]
    public void One_of_many_concurrent_servers_gets_path()
    {
        for (int round = 0; round < 80; round++)
        {
            UnixListen(Path).Dispose(); // leaves a stale socket
            using var start = new Barrier(8);
            Task<Fd?>[] servers =
                [.. Enumerable.Range(0, 8).Select(_ => Task.Factory.StartNew(() => Try(start), TaskCreationOptions.LongRunning))];
            using (Fd winner = Assert.Single(servers, server => server.Within() is not null).Within()!)
            using (Fd client = Loopback.Connected(winner))
            using (Fd connection = Accept(winner))
                Assert.Equal(Path, Getsockname(connection).Path);
        }

        Fd? Try(Barrier start)
        {
            start.SignalAndWait();
            try
            {
                return UnixListen(Path);
            }
            catch (UnpException failure) when (failure.Errno == Errno.EADDRINUSE)
            {
                return null;
            }
        }
    }

    void ExpectKept(string why)
    {
        using Fd fd = Socket(AF_UNIX, SOCK_STREAM);
        Assert.Equal($"bind error: Address already in use ({Path}{why})", Assert.Throws<UnpException>(() => BindUnix(fd, Path)).Message);
        Assert.Equal($"unlink error: Address already in use ({Path}{why})", Assert.Throws<UnpException>(() => UnlinkStale(Path)).Message);
        Assert.Equal(Errno.EADDRINUSE, Assert.Throws<UnpException>(() => UnixListen(Path)).Errno);
        Assert.True(System.IO.Path.Exists(Path));
    }
}
