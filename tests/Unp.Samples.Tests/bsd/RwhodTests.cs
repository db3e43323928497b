using System.Buffers.Binary;
using System.Text;

namespace Unp.Samples.Tests.bsd;

public sealed class RwhodTests : IDisposable
{
    readonly TempDirectory directory = new();

    public void Dispose() => directory.Dispose();

    [Fact]
    public void Two_hosts_exchange_status_and_ruptime_prints_it()
    {
        // Two loopback addresses with one port act as two hosts.
        Directory.CreateDirectory(directory["a"]);
        Directory.CreateDirectory(directory["b"]);
        using Peer first = UnpProcess.StartServer(
            ["bsd/rwhod", directory["a"], "--name", "alpha", "--bind", "127.0.0.1", "--port", "0"], out SockAddr address);
        using Peer second = UnpProcess.Start(
            "bsd/rwhod", directory["b"], "127.0.0.1", "--name", "beta", "--bind", "127.0.0.2", "--port", $"{address.Port}",
            "--interval", "0.1");
        Limit.Until(() => File.Exists(directory["a/whod.beta"]), "a datagram has arrived");
        Outcome outcome = UnpProcess.Run("bsd/ruptime", directory["a"]);
        Assert.Equal((0, ""), (outcome.Status, outcome.Error));
        Assert.Matches(
            @"^beta {11}up ( {4}|[ 0-9]{3}\+)[ 0-9][0-9]:[0-9]{2}, +[0-9]+ users?, +load +[0-9.]+, +[0-9.]+, +[0-9.]+\n$", outcome.Output);
        Assert.Equal(["a/whod.beta"], Directory.GetFiles(directory["a"]).Select(path => Path.GetRelativePath(directory["."], path)));

        // The file has the layout of 4.3BSD's struct whod.
        byte[] file = File.ReadAllBytes(directory["a/whod.beta"]);
        Assert.Equal([1, 1, 0, 0], file[..4]);
        Assert.Equal("beta", Encoding.ASCII.GetString(file, 12, 32).TrimEnd('\0'));
        Assert.Equal(0, (file.Length - 60) % 24);
        Assert.InRange(BitConverter.ToUInt32(file, 8) - (long)BitConverter.ToUInt32(file, 4), 0, 20); // in the machine's byte order
    }

    [Fact]
    public void Status_is_sent_in_network_byte_order()
    {
        using Fd other = Loopback.Datagram();
        int port = Getsockname(other).Port;
        uint before = (uint)DateTimeOffset.UtcNow.ToUnixTimeSeconds();
        using Peer server = UnpProcess.Start(
            "bsd/rwhod", directory["."], "127.0.0.1", "--name", "gamma", "--bind", "127.0.0.2", "--port", $"{port}");
        byte[] datagram = new byte[2000];
        int n = Recvfrom(other, datagram, 0, out SockAddr from);
        Assert.Equal(SockAddr.Inet("127.0.0.2", port), from);
        Assert.Equal(0, (n - 60) % 24);
        Assert.Equal([1, 1, 0, 0], datagram[..4]);
        Assert.InRange(BinaryPrimitives.ReadUInt32BigEndian(datagram.AsSpan(4)), before, before + 60);
        Assert.Equal("gamma", Encoding.ASCII.GetString(datagram, 12, 32).TrimEnd('\0'));
        DateTimeOffset booted = DateTimeOffset.FromUnixTimeSeconds(BinaryPrimitives.ReadUInt32BigEndian(datagram.AsSpan(56)));
        Assert.InRange((DateTimeOffset.UtcNow - booted).TotalMilliseconds - Environment.TickCount64, -5000, 60_000);
    }

    /// <summary>Two hosts on one link use the daemon's default port and only the broadcast address.</summary>
    [Theory]
    [InlineData("10.9.8.255")]
    [InlineData]
    public void Hosts_of_network_exchange_status_by_broadcast(params string[] addresses)
    {
        using var first = new NetworkNamespace();
        using var second = new NetworkNamespace();
        NetworkNamespace.Join(first, "v1", second, "v2");
        using Peer alpha = On(first, "alpha");
        using Peer beta = On(second, "beta");

        // Without arguments the daemon finds its networks before each datagram, also those of later addresses.
        first.Run("ip addr add 10.9.8.1/24 dev v1");
        second.Run("ip addr add 10.9.8.2/24 dev v2");
        foreach (string file in (string[])["of-alpha/whod.alpha", "of-alpha/whod.beta", "of-beta/whod.alpha", "of-beta/whod.beta"])
            Limit.Until(() => File.Exists(directory[file]), $"{file} is there");

        Peer On(NetworkNamespace host, string name)
        {
            Directory.CreateDirectory(directory[$"of-{name}"]);
            return UnpProcess.StartIn(
                host, ["bsd/rwhod", directory[$"of-{name}"], .. addresses, "--name", name, "--interval", "0.2"]);
        }
    }

    /// <summary>The test is the other end of a TUN device.</summary>
    [Fact]
    public void Status_is_sent_to_peer_of_point_to_point_link()
    {
        const uint TUNSETIFF = 0x400454CA;
        const int IFF_TUN = 1, IFF_NO_PI = 0x1000;
        Assert.SkipUnless(File.Exists("/dev/net/tun"), "this kernel has no TUN device");
        using var host = new NetworkNamespace();
        using Fd tun = host.Call(() =>
        {
            Fd device = Open("/dev/net/tun", O_RDWR | O_NONBLOCK);
            var ifr = new ifreq { ifr_name = "t0", ifr_flags = IFF_TUN | IFF_NO_PI };
            Ioctl(device, TUNSETIFF, ref ifr);
            return device;
        });
        host.Run("ip addr add 10.0.0.1 peer 10.0.0.2 dev t0; ip link set t0 up");
        using Peer server = UnpProcess.StartIn(host, "bsd/rwhod", directory["."], "--name", "gamma", "--interval", "0.2");
        byte[] packet = new byte[2000];
        Limit.Until(() => TryRead(tun, packet, out int n) && n > 28 && packet[0] == 0x45, "an IPv4 packet has come");
        Assert.Equal([10, 0, 0, 1, 10, 0, 0, 2, 2, 1, 2, 1], packet[12..24]); // addresses, and port 513 twice
        Assert.Equal("gamma", Encoding.ASCII.GetString(packet, 28 + 12, 32).TrimEnd('\0'));
    }

    [Fact]
    public void Any_datagram_becomes_line_and_silent_host_is_down()
    {
        using Peer server = UnpProcess.StartServer(
            ["bsd/rwhod", directory["."], "--bind", "127.0.0.1", "--port", "0"], out SockAddr address);
        uint now = (uint)DateTimeOffset.UtcNow.ToUnixTimeSeconds();
        byte[] status = Status("some-host.example", now, now - 3 * 86400 - 3600 * 2 - 61 * 5, (0, "ann"), (0, "bob"), (7200, "carl"));
        SendFrom(address, status);
        Limit.Until(() => File.Exists(directory["whod.some-host.example"]), "the file is there");
        Assert.Equal(
            "some-host.example   up   3+ 2:05,    2 users,  load 1.25, 0.50, 10.00\n",
            UnpProcess.Run("bsd/ruptime", directory["."]).Output);
        Assert.Equal(
            "some-host.example   up   3+ 2:05,    3 users,  load 1.25, 0.50, 10.00\n",
            UnpProcess.Run("bsd/ruptime", "--all", directory["."]).Output);

        // The datagram appears to be 15 minutes old.
        byte[] file = File.ReadAllBytes(directory["whod.some-host.example"]);
        BitConverter.TryWriteBytes(file.AsSpan(8), now - 15 * 60);
        File.WriteAllBytes(directory["whod.some-host.example"], file);
        Assert.Matches("^some-host.example down      0:15\n$", UnpProcess.Run("bsd/ruptime", directory["."]).Output);
    }

    [Fact]
    public void Symbolic_links_are_replaced_not_followed()
    {
        File.WriteAllText(directory["victim"], "untouched");
        Directory.CreateDirectory(directory["in"]);
        foreach (string link in (string[])[".whod.next", "whod.host", ".whod.host.next"])
            File.CreateSymbolicLink(directory[$"in/{link}"], directory["victim"]);
        using Peer server = UnpProcess.StartServer(
            ["bsd/rwhod", directory["in"], "--bind", "127.0.0.1", "--port", "0"], out SockAddr address);
        SendFrom(address, Status("host", 1, 1));
        Limit.Until(() => new FileInfo(directory["in/whod.host"]).LinkTarget is null, "the link is replaced");
        Assert.Equal(60, new FileInfo(directory["in/whod.host"]).Length);
        Assert.Equal("untouched", File.ReadAllText(directory["victim"]));
    }

    [Theory]
    [InlineData("../../etc/passwd")]
    [InlineData("/etc/passwd")]
    [InlineData("..")]
    [InlineData(".hidden")]
    [InlineData("a/b")]
    [InlineData("")]
    [InlineData("a\nb")]
    [InlineData("-rf")]
    [InlineData("host.")]
    [InlineData("\xe9t\xe9")]
    [InlineData("01234567890123456789012345678901")]
    public void Invalid_host_name_gets_no_file(string name)
    {
        Directory.CreateDirectory(directory["in"]);
        using Peer server = UnpProcess.StartServer(
            ["bsd/rwhod", directory["in"], "--bind", "127.0.0.1", "--port", "0"], out SockAddr address);
        SendFrom(address, Status(name, 1, 1));
        Assert.Matches("^127\\.0\\.0\\.3:[0-9]+: malformed host name [!-~]*$", server.ReadErrorLine()!);
        Assert.Empty(Directory.GetFileSystemEntries(directory["in"]));
        Assert.Equal(["in"], Directory.GetFileSystemEntries(directory["."]).Select(Path.GetFileName));
    }

    [Fact]
    public void Invalid_status_is_reported_and_not_kept()
    {
        using Peer server = UnpProcess.StartServer(
            ["bsd/rwhod", directory["."], "--bind", "127.0.0.1", "--port", "0"], out SockAddr address);
        SendFrom(address, "short"u8.ToArray());
        Assert.EndsWith(": a status must have at least 60 bytes, not 5", server.ReadErrorLine(), StringComparison.Ordinal);
        byte[] status = Status("host", 1, 1);
        status[0] = 2;
        SendFrom(address, status);
        Assert.EndsWith(": version 2, type 1: not a status of version 1", server.ReadErrorLine(), StringComparison.Ordinal);

        // The sender's port is not that of the daemons.
        using Fd stranger = Loopback.Datagram();
        Sendto(stranger, Status("host", 1, 1), 0, address);
        Assert.Equal($"{Getsockname(stranger)}: bad from port", server.ReadErrorLine());
        Assert.Empty(Directory.GetFiles(directory["."]));
        Assert.Equal(new Outcome(1, "", "no hosts!?!\n"), UnpProcess.Run("bsd/ruptime", directory["."]));
    }

    [Theory]
    [InlineData("usage: rwhod <directory> [ <IPaddress> ... ]")]
    [InlineData("/no/such is not a directory", "/no/such")]
    [InlineData("a/b is not a valid host name", "/tmp", "--name", "a/b")]
    [InlineData("--interval 0: the interval must be between 0.01 and 3600 seconds", "/tmp", "--interval", "0")]
    public void Wrong_arguments_are_reported(string error, params string[] arguments) =>
        Assert.Equal(new Outcome(1, "", $"{error}\n"), UnpProcess.Run(["bsd/rwhod", .. arguments]));

    /// <summary>Sends from another address, with the port that all daemons share.</summary>
    static void SendFrom(SockAddr server, byte[] datagram)
    {
        using Fd sockfd = Socket(AF_INET, SOCK_DGRAM);
        Bind(sockfd, SockAddr.Inet("127.0.0.3", server.Port));
        Sendto(sockfd, datagram, 0, server);
    }

    /// <summary>Builds a status datagram.</summary>
    static byte[] Status(string name, uint sent, uint booted, params (int Idle, string User)[] users)
    {
        byte[] bytes = new byte[60 + 24 * users.Length];
        bytes[0] = bytes[1] = 1;
        BinaryPrimitives.WriteUInt32BigEndian(bytes.AsSpan(4), sent);
        Encoding.Latin1.GetBytes(name).CopyTo(bytes, 12);
        BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(44), 125);
        BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(48), 50);
        BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(52), 1000);
        BinaryPrimitives.WriteUInt32BigEndian(bytes.AsSpan(56), booted);
        for (int i = 0; i < users.Length; i++)
        {
            Encoding.ASCII.GetBytes(users[i].User).CopyTo(bytes, 60 + 24 * i + 8);
            BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(60 + 24 * i + 20), users[i].Idle);
        }
        return bytes;
    }
}
