using System.Runtime.InteropServices;
using Unp.Samples.icmpd;

namespace Unp.Samples.Tests.icmpd;

/// <summary>The daemon and its clients run on a host of their own, whose closed ports refuse datagrams.</summary>
public sealed class IcmpdTests : IDisposable
{
    const int Closed = 9; // no program of the host has this port

    readonly NetworkNamespace host = new();
    readonly TempDirectory directory = new();
    readonly Peer daemon;

    public IcmpdTests()
    {
        host.Run("echo 0 >/proc/sys/net/ipv4/icmp_ratelimit; echo 0 >/proc/sys/net/ipv6/icmp/ratelimit");
        daemon = UnpProcess.StartIn(host, "icmpd/icmpd", "--path", Path);
        Assert.Equal(Path, UnpProcess.Listening(daemon).Path);
    }

    string Path => directory["icmpd"];

    public void Dispose()
    {
        daemon.Dispose();
        directory.Dispose();
        host.Dispose();
    }

    [Theory]
    [InlineData("127.0.0.1", "127.0.0.1:9", 3, 3)]
    [InlineData("::1", "[::1]:9", 1, 4)]
    public void Client_prints_error_and_daemon_its_source(string address, string dest, int type, int code)
    {
        using Peer client = UnpProcess.StartIn(host, "icmpd/udpcli01", "--path", Path, address, $"{Closed}");
        client.Type("hello\n");
        Assert.Equal($"ICMP error: dest = {dest}, Connection refused, type = {type}, code = {code}", client.ReadLine());
        Assert.Equal(new Outcome(0, "", ""), client.Finish());

        Assert.Matches("^new connection, i = 0, connfd = [0-9]+$", daemon.ReadLine()!);
        bool isIpv6 = address == "::1";
        Assert.Equal(
            $"{(isIpv6 ? 8 + 40 + 8 + 6 : 8 + 20 + 8 + 6)} bytes ICMPv{(isIpv6 ? 6 : 4)} from {address}: type = {type}, code = {code}",
            daemon.ReadLine());
        Assert.Equal($"\tsrcip = {address}, dstip = {address}, {(isIpv6 ? "next hdr" : "proto")} = 17", daemon.ReadLine());
        Assert.Equal(0, daemon.Kill(SIGTERM).WaitForExit());
    }

    /// <summary>Ten clients: some have the same port at different addresses, some use IPv4 through an IPv6 socket.</summary>
    [Fact]
    public void Each_of_ten_clients_gets_own_errors_only()
    {
        using Client first = Register("127.0.0.1");
        var clients = new List<Client> { first };
        try
        {
            foreach (string address in (string[])["127.0.0.2", "127.0.0.3"])
                clients.Add(Register(address, first.Port));
            foreach (string address in (string[])["0.0.0.0", "::", "::", "::1", "127.0.0.1", "::ffff:127.0.0.4", "::1"])
                clients.Add(Register(address));
            string[] destinations =
            [
                "127.0.0.1", "127.0.0.2", "127.0.0.3",
                "127.0.0.1", "::1", "::ffff:127.0.0.1", "::1", "127.0.0.1", "::ffff:127.0.0.1", "::1",
            ];
            for (int i = 0; i < clients.Count; i++)
                clients[i].Send(SockAddr.Inet(destinations[i], 10_001 + i));
            for (int i = 0; i < clients.Count; i++)
            {
                IcmpdError error = clients[i].ReadError();
                Assert.Equal((Errno.ECONNREFUSED, SockAddr.Inet(destinations[i], 10_001 + i)), (error.Errno, error.Destination));
            }

            // Each one gets exactly one error, so the next is that of another datagram.
            for (int i = 0; i < clients.Count; i++)
                clients[i].Send(SockAddr.Inet(destinations[i], 20_001 + i));
            for (int i = 0; i < clients.Count; i++)
                Assert.Equal(20_001 + i, clients[i].ReadError().Destination.Port);
        }
        finally
        {
            clients.ForEach(client => client.Dispose());
        }
    }

    /// <summary>Wrong descriptors, none, and an early end are refused, and the daemon serves others.</summary>
    [Fact]
    public void Lying_clients_are_refused()
    {
        using Client good = Register("127.0.0.1");
        using var elsewhere = new NetworkNamespace();
        using (Fd tcp = host.Socket(AF_INET, SOCK_STREAM), raw = host.Socket(AF_INET, SOCK_RAW, IPPROTO_ICMP),
            unix = Socket(AF_UNIX, SOCK_DGRAM), foreign = elsewhere.Socket(AF_INET, SOCK_DGRAM), file = Open("/dev/null", O_RDONLY))
        {
            foreach (Fd passed in (Fd[])[tcp, raw, unix, foreign, file])
            {
                using Fd liar = Connected();
                Write_fd(liar, "1"u8, passed);
                Assert.Equal('0', ReadOne(liar));
            }
        }
        using (Fd liar = Connected())
        {
            Write(liar, "1"u8);
            Assert.Equal('0', ReadOne(liar));
        }
        using (Fd gone = Connected(), udp = host.Socket(AF_INET, SOCK_DGRAM))
        {
            Shutdown(gone, SHUT_RD); // the answer meets EPIPE
            Write_fd(gone, "1"u8, udp);
        }
        good.Send(SockAddr.Inet("127.0.0.1", Closed));
        Assert.Equal(Closed, good.ReadError().Destination.Port);
    }

    /// <summary>The buffer of a client that does not read fills. It misses errors, but gets only whole records.</summary>
    [Fact]
    public void Client_that_does_not_read_blocks_no_other()
    {
        using Client silent = Register("127.0.0.1");
        using Client good = Register("127.0.0.1");
        for (int i = 0; i < 2; i++)
            Assert.StartsWith("new connection", daemon.ReadLine(), StringComparison.Ordinal);
        for (int port = 1001; port <= 1600; port++)
        {
            silent.Send(SockAddr.Inet("127.0.0.1", port));
            Assert.EndsWith("type = 3, code = 3", daemon.ReadLine(), StringComparison.Ordinal);
            Assert.StartsWith("\tsrcip = ", daemon.ReadLine(), StringComparison.Ordinal);
        }
        good.Send(SockAddr.Inet("127.0.0.1", Closed));
        Assert.Equal(Closed, good.ReadError().Destination.Port);
        int next = 1001;
        while (silent.HasError)
            Assert.Equal(next++, silent.ReadError().Destination.Port);
        Assert.InRange(next, 1002, 1600);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(16)]
    [InlineData(28)]
    public void Record_has_layout_of_C(int length)
    {
        SockAddr dest = length == 0 ? default : length == 16 ? SockAddr.Inet("192.0.2.1", 7) : SockAddr.Inet("2001:db8::1", 7);
        byte[] record = new byte[144];
        Array.Fill(record, (byte)0xff);
        new IcmpdError(Errno.EHOSTUNREACH, 3, 1, dest).Write(record);
        Assert.Equal(144, IcmpdError.Size);
        Assert.Equal(Errno.EHOSTUNREACH.Value, MemoryMarshal.Read<int>(record));
        Assert.Equal((3, 1, length), (record[4], record[5], MemoryMarshal.Read<int>(record.AsSpan(8))));
        Assert.Equal(dest.Bytes.ToArray(), record[16..(16 + length)]);
        Assert.Equal(new IcmpdError(Errno.EHOSTUNREACH, 3, 1, dest), IcmpdError.Read(record));
    }

    [Fact]
    public void Missing_right_is_named()
    {
        using Peer refused = RoutedHosts.StartWithoutRights(host, "icmpd/icmpd", "--path", directory["other"]);
        Assert.Equal(new Outcome(1, "", "socket error: Operation not permitted (this needs root or CAP_NET_RAW)\n"), refused.Finish());
    }

    /// <summary>Passes a UDP socket to the daemon.</summary>
    Client Register(string address, int port = 0)
    {
        SockAddr local = SockAddr.Inet(address, port);
        Fd sockfd = host.Socket(local.Family, SOCK_DGRAM);
        if (port != 0 || address is not ("0.0.0.0" or "::"))
            Bind(sockfd, local);
        Fd icmpfd = Connected();
        Write_fd(icmpfd, "1"u8, sockfd);
        Assert.Equal('1', ReadOne(icmpfd));
        return new Client(sockfd, icmpfd);
    }

    Fd Connected()
    {
        Fd icmpfd = Loopback.Limited(Socket(AF_UNIX, SOCK_STREAM));
        Connect(icmpfd, SockAddr.Unix(Path));
        return icmpfd;
    }

    static char ReadOne(Fd fd)
    {
        Span<byte> one = stackalloc byte[1];
        Assert.Equal(1, Read(fd, one));
        return (char)one[0];
    }

    sealed class Client(Fd sockfd, Fd icmpfd) : IDisposable
    {
        public int Port => Getsockname(sockfd).Port;

        public void Send(SockAddr to) => Sendto(sockfd, "?"u8, 0, to);

        public bool HasError => Readable_timeo(icmpfd, TimeSpan.Zero) > 0;

        public IcmpdError ReadError()
        {
            byte[] record = new byte[IcmpdError.Size];
            Assert.Equal(record.Length, Readn(icmpfd, record));
            return IcmpdError.Read(record);
        }

        public void Dispose()
        {
            sockfd.Dispose();
            icmpfd.Dispose();
        }
    }
}
