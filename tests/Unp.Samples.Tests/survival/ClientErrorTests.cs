using System.Buffers.Binary;
using Unp.Samples.Tests.udpcliserv;

namespace Unp.Samples.Tests.survival;

/// <summary>Tests that no client can end a server.</summary>
public class ClientErrorTests
{
    public static TheoryData<string> Daytimes =>
    [
        "intro/daytimetcpsrv", "intro/daytimetcpsrv1", "intro/daytimetcpsrv2", "intro/daytimetcpsrv3",
        "names/daytimetcpsrv1", "names/daytimetcpsrv2",
        "names/daytimetcpsrv4", "unixdomain/daytimetcpsrv2",
    ];

    public static TheoryData<string> DatagramServers =>
    [
        "udpcliserv/udpserv01", "udpcliserv/udpservselect01", "advio/udpserv01", "advio/udpserv03", "advio/udpserv04", "sigio/udpserv01",
        "names/daytimeudpsrv2", "names/daytimeudpsrv3",
    ];

    [Theory]
    [MemberData(nameof(Daytimes))]
    public void Reset_before_answer_does_not_end_daytime_server(string program)
    {
        using Peer serving = Servers.Start(program, out SockAddr listening);
        serving.Stop();
        for (int i = 0; i < 2; i++)
            Wire.Connect(listening).Reset(); // accept returns the connection, and write fails
        serving.Kill(SIGCONT);
        Assert.Matches("^(write|send|setsockopt) error: (Connection reset by peer|Broken pipe)$", serving.ReadErrorLine()!);
        Servers.Ask(program, listening);
    }

    [Fact]
    public void Reset_before_answer_does_not_end_server_that_resets()
    {
        using Peer serving = Servers.Start("names/daytimetcpsrv3", out SockAddr listening);
        serving.Stop();
        Wire.Connect(listening).Reset();
        serving.Kill(SIGCONT);
        Assert.Equal("write error: Connection reset by peer", serving.ReadErrorLine());
        using Wire client = Wire.Connect(listening);
        Assert.Equal(26, client.Receive(26).Length);
    }

    [Fact]
    public void Vanished_unix_client_does_not_end_daytime_server()
    {
        using var directory = new TempDirectory();
        using Peer serving = UnpProcess.StartServer(["unixdomain/peercred", "--path", directory["s"]], out SockAddr listening);
        serving.Stop();
        Wire.Connect(listening).Dispose();
        serving.Kill(SIGCONT);
        Assert.Equal("writen error: Broken pipe", serving.ReadErrorLine());
        using Wire client = Wire.Connect(listening);
        Assert.Equal(26, client.ReceiveToEnd().Length);
    }

    [Theory]
    [MemberData(nameof(DatagramServers))]
    public void Datagram_from_port_0_does_not_end_server(string program)
    {
        using Fd raw = Raw();
        using Peer serving = Servers.Start(program, out SockAddr listening);
        Sendto(raw, FromPort0(listening.Port, "hello"u8), 0, SockAddr.Inet("127.0.0.1", 0));
        Assert.Equal("sendto error: Invalid argument (127.0.0.1)", serving.ReadErrorLine());
        using var client = new UdpWire();
        string answer = client.SendTo(listening, "here").Receive();
        Assert.Equal(program.Contains("daytime", StringComparison.Ordinal) ? 26 : 4, answer.Length);
    }

    [Fact]
    public void Sock_answers_next_sender_after_port_0()
    {
        using Fd raw = Raw();
        using Peer serving = UnpProcess.StartServer(["sock/sock", "-u", "-s", "0"], out SockAddr listening);
        Sendto(raw, FromPort0(listening.Port, "hello\n"u8), 0, SockAddr.Inet("127.0.0.1", 0));
        Assert.Equal("hello", serving.ReadLine());
        Assert.Equal("sendto error: Invalid argument (127.0.0.1)", serving.Type("lost\n").ReadErrorLine());
        using var client = new UdpWire();
        client.SendTo(SockAddr.Inet("127.0.0.1", listening.Port), "here\n");
        Assert.Equal("here", serving.ReadLine());
        Assert.Equal("answer\n", Limit.Run(() =>
        {
            serving.Type("answer\n");
            return client.Receive();
        }));
    }

    [Fact]
    public void Unanswerable_unix_datagram_clients_do_not_end_server()
    {
        using var directory = new TempDirectory();
        using Peer serving = UnpProcess.StartServer(["unixdomain/unixdgserv01", "--path", directory["s"]], out SockAddr listening);

        using (Fd unbound = Socket(AF_UNIX, SOCK_DGRAM))
            Sendto(unbound, "no path"u8, 0, listening);
        Assert.StartsWith("sendto error: ", serving.ReadErrorLine(), StringComparison.Ordinal);

        serving.Stop();
        using (Fd vanished = Bound(directory["vanished"]))
            Sendto(vanished, "gone"u8, 0, listening);
        using Fd shut = Bound(directory["shut"]);
        Sendto(shut, "does not receive"u8, 0, listening);
        Shutdown(shut, SHUT_RD);
        serving.Kill(SIGCONT);
        Assert.Equal($"sendto error: Connection refused ({directory["vanished"]})", serving.ReadErrorLine());
        Assert.Equal($"sendto error: Broken pipe ({directory["shut"]})", serving.ReadErrorLine());

        using Fd deaf = Bound(directory["deaf"]);
        string? line = null;
        Task reported = Task.Run(() => line = serving.ReadErrorLine());
        while (!reported.IsCompleted)
            Sendto(deaf, "does not read"u8, 0, listening); // until the queue is full
        Assert.Equal($"sendto error: Resource temporarily unavailable ({directory["deaf"]})", line);

        using Fd client = Bound(directory["client"]);
        Sendto(client, "here"u8, 0, listening);
        Assert.Equal(4, Recv(client, new byte[10]));
    }

    static Fd Bound(string path)
    {
        Fd fd = Loopback.Limited(Socket(AF_UNIX, SOCK_DGRAM));
        Bind(fd, SockAddr.Unix(path));
        return fd;
    }

    static Fd Raw()
    {
        int raw = socket(AF_INET, SOCK_RAW, IPPROTO_UDP);
        Assert.SkipWhen(raw < 0, $"a raw socket is not allowed here: {Errno.Last.Message}");
        return new Fd(raw);
    }

    /// <summary>Builds a UDP datagram with source port 0. The checksum 0 means none.</summary>
    static byte[] FromPort0(int port, ReadOnlySpan<byte> data)
    {
        byte[] datagram = new byte[8 + data.Length];
        BinaryPrimitives.WriteUInt16BigEndian(datagram.AsSpan(2), (ushort)port);
        BinaryPrimitives.WriteUInt16BigEndian(datagram.AsSpan(4), (ushort)datagram.Length);
        data.CopyTo(datagram.AsSpan(8));
        return datagram;
    }
}
