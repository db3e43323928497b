namespace Unp.Samples.Tests.sockopt;

/// <summary>Tests of the programs of chapter 7, which print the kernel's values in the format of the originals.</summary>
public class SockoptTests
{
    static int Default(SocketOption<int> option, int type = SOCK_STREAM)
    {
        using Fd fd = Socket(AF_INET, type);
        return Getsockopt(fd, option);
    }

    static Outcome Printed(params string[] lines) => new(0, Lines(lines), "");

    static string Lines(params string[] lines) => string.Concat(lines.Select(line => line + "\n"));

    [Fact]
    public void Checkopts_prints_defaults_of_machine_in_book_order()
    {
        int descriptor = socket(AF_INET, SOCK_SEQPACKET, IPPROTO_SCTP);
        string sctp = descriptor < 0 ? "(undefined)" : "default = ";
        if (descriptor >= 0)
            Assert.Equal(0, close(descriptor));

        Outcome outcome = UnpProcess.Run("checkopts");
        Assert.Equal((0, ""), (outcome.Status, outcome.Error));
        string[] lines = outcome.Output.Split('\n');
        Assert.Equal(
            Lines(
                "SO_BROADCAST: default = off",
                "SO_DEBUG: default = off",
                "SO_DONTROUTE: default = off",
                "SO_ERROR: default = 0",
                "SO_KEEPALIVE: default = off",
                "SO_LINGER: default = l_onoff = 0, l_linger = 0",
                "SO_OOBINLINE: default = off",
                $"SO_RCVBUF: default = {Default(SocketOptions.RcvBuf)}",
                $"SO_SNDBUF: default = {Default(SocketOptions.SndBuf)}",
                "SO_RCVLOWAT: default = 1",
                "SO_SNDLOWAT: default = 1",
                "SO_RCVTIMEO: default = 0 sec, 0 usec",
                "SO_SNDTIMEO: default = 0 sec, 0 usec",
                "SO_REUSEADDR: default = off",
                "SO_REUSEPORT: default = off",
                "SO_TYPE: default = 1",
                "IP_TOS: default = 0",
                $"IP_TTL: default = {Default(SocketOptions.IpTtl)}",
                "IPV6_DONTFRAG: default = off",
                lines[19],
                lines[20],
                "TCP_MAXSEG: default = 536",
                "TCP_NODELAY: default = off"),
            Lines(lines[..23]));
        Assert.Matches(@"^IPV6_UNICAST_HOPS: default = \d+$", lines[19]);
        Assert.Matches("^IPV6_V6ONLY: default = (on|off)$", lines[20]);
        Assert.Equal(["SCTP_AUTOCLOSE", "SCTP_MAXBURST", "SCTP_MAXSEG", "SCTP_NODELAY"], lines[23..27].Select(line => line.Split(':')[0]));
        Assert.All(lines[23..27], line => Assert.StartsWith(sctp, line.Split(": ")[1], StringComparison.Ordinal));
        Assert.Equal([""], lines[27..]);
    }

    [Fact]
    public void Prdefaults_prints_buffers_and_low_water_marks() => Assert.Equal(
        Printed(
            $"tcp send buffer size = {Default(SocketOptions.SndBuf)}",
            $"tcp recv buffer size = {Default(SocketOptions.RcvBuf)}",
            "tcp send low-water mark = 1",
            "tcp receive low-water mark size = 1",
            $"udp send buffer size = {Default(SocketOptions.SndBuf, SOCK_DGRAM)}",
            $"udp recv buffer size = {Default(SocketOptions.RcvBuf, SOCK_DGRAM)}",
            "udp send low-water mark = 1",
            "udp receive low-water mark size = 1"),
        UnpProcess.Run("prdefaults"));

    [Fact]
    public void Sockopt_prints_segment_size_and_resulting_send_buffer()
    {
        using Fd fd = Socket(AF_INET, SOCK_STREAM);
        Setsockopt(fd, SocketOptions.SndBuf, 65536);
        Assert.Equal(
            Printed("TCP mss = 536", $"send buffer size = {Getsockopt(fd, SocketOptions.SndBuf)}"), UnpProcess.Run("sockopt/sockopt"));
    }

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("::1")]
    public void Rcvbuf_prints_buffer_and_segment_size_around_connect(string address)
    {
        int family = SockAddr.Inet(address, 0).Family;
        using Fd listenfd = Loopback.Listener(family);
        using Fd client = Socket(family, SOCK_STREAM);
        string before = Sizes(client);
        Connect(client, Getsockname(listenfd));
        Assert.Equal(
            Printed($"defaults: {before}", $"after connect: {Sizes(client)}"),
            UnpProcess.Run("rcvbuf", address, "--port", $"{Getsockname(listenfd).Port}"));
    }

    [Fact]
    public void Rcvbufset_keeps_size_it_sets()
    {
        using Fd listenfd = Loopback.Listener();
        using Fd client = Socket(AF_INET, SOCK_STREAM);
        string before = Sizes(client);
        Setsockopt(client, SocketOptions.RcvBuf, 9973);
        Connect(client, Getsockname(listenfd));
        Assert.Equal(
            Printed($"defaults: {before}", "SO_RCVBUF = 19946 (after setting it to 9973)", $"after connect: {Sizes(client)}"),
            UnpProcess.Run("rcvbufset", "127.0.0.1", "--port", $"{Getsockname(listenfd).Port}"));
    }

    [Theory]
    [InlineData("rcvbuf")]
    [InlineData("rcvbufset")]
    public void Missing_server_ends_program_after_defaults(string program)
    {
        SockAddr deaf = Loopback.Deaf(out Fd holder);
        using (holder)
        {
            Outcome outcome = UnpProcess.Run(program, "127.0.0.1", "--port", $"{deaf.Port}");
            Assert.Equal((1, $"connect error: Connection refused ({deaf})\n"), (outcome.Status, outcome.Error));
            Assert.StartsWith("defaults: SO_RCVBUF = ", outcome.Output, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("rcvbuf", 1)]
    [InlineData("rcvbufset", 2)]
    public void Bad_address_ends_program_after_first_lines(string program, int lines)
    {
        Outcome outcome = UnpProcess.Run(program, "nonsense");
        Assert.Equal((1, "inet_pton error for nonsense\n"), (outcome.Status, outcome.Error));
        Assert.StartsWith("defaults: SO_RCVBUF = ", outcome.Output, StringComparison.Ordinal);
        Assert.Equal(lines, outcome.Output.Count(c => c == '\n'));
    }

    static string Sizes(Fd fd) => $"SO_RCVBUF = {Getsockopt(fd, SocketOptions.RcvBuf)}, MSS = {Getsockopt(fd, SocketOptions.TcpMaxSeg)}";
}
