namespace Unp.Net.Tests.Book;

/// <summary>dg_echo and dg_cli, the two ends of the book's UDP example.</summary>
public class DgEchoTests
{
    [Theory]
    [MemberData(nameof(Families.Internet), MemberType = typeof(Families))]
    public void Lines_are_echoed(int family)
    {
        string longest = new string('x', MAXLINE - 1) + "\n";
        Assert.Equal($"one\n\n\0\n{longest}no newline", Talk(family, $"one\n\n\0\n{longest}no newline"));
    }

    [Fact]
    public void Line_longer_than_MAXLINE_is_echoed_in_two_datagrams()
    {
        string line = new string('y', MAXLINE + 5) + "\n";
        Assert.Equal(line, Talk(AF_INET, line));
    }

    [Fact]
    public void Server_truncates_datagram_to_MAXLINE_and_echoes_empty_one()
    {
        using Fd server = Loopback.Datagram();
        using Fd client = Loopback.Datagram();
        BlockedThread<UnpException?> serving = Serve(server);
        byte[] buffer = new byte[65_536];
        Sendto(client, buffer.AsSpan(0, 65_507), 0, Getsockname(server));
        Assert.Equal(MAXLINE, Recv(client, buffer));
        Sendto(client, [], 0, Getsockname(server));
        Assert.Equal(0, Recv(client, buffer));
        End(server, serving);
    }

    [Fact]
    public void Server_reports_lost_reply_and_serves_next_client()
    {
        using var directory = new TempDirectory();
        using Fd server = Bound(directory["server"]);
        Kernel.SetTimeouts(server, 20); // the server would not end by itself
        var lost = new System.Collections.Concurrent.BlockingCollection<(SockAddr Client, Errno Reason)>();
        BlockedThread<UnpException?> serving = new(() =>
            Record.Exception(() => Dg_echo(server, (client, reason) => lost.Add((client, reason)))) as UnpException);
        SockAddr address = SockAddr.Unix(directory["server"]);

        using (Fd unbound = Loopback.Limited(Socket(AF_UNIX, SOCK_DGRAM)))
            Sendto(unbound, "no path"u8, 0, address);
        Assert.Equal(default, Limit.Run(lost.Take).Client);

        // A client that does not read fills its queue, but the server does not wait for it.
        using Fd deaf = Bound(directory["deaf"]);
        do
            Sendto(deaf, "not read"u8, 0, address);
        while (lost.Count == 0);
        Assert.Equal((SockAddr.Unix(directory["deaf"]), Errno.EAGAIN), Limit.Run(lost.Take));

        using Fd client = Bound(directory["client"]);
        Sendto(client, "here"u8, 0, address);
        Assert.Equal(4, Recv(client, new byte[10]));
        Setsockopt(server, SocketOptions.RcvTimeo, TimeSpan.FromMilliseconds(1));
        Sendto(client, "last"u8, 0, address);
        Assert.Equal($"dg_echo error: Resource temporarily unavailable ({server})", serving.Result?.Message);
    }

    [Fact]
    public void Client_prints_answer_of_any_sender()
    {
        // This is the fault of the book's client (UNP 8.8).
        using Fd server = Loopback.Datagram();
        using Fd client = Loopback.Datagram();
        using Fd another = Loopback.Datagram();
        Sendto(another, "spoofed\n"u8, 0, Getsockname(client));
        Assert.Equal("spoofed\n", Ask(client, Getsockname(server), "question\n"));
    }

    [Fact]
    public void Client_with_time_out_fails_if_server_does_not_answer()
    {
        using Fd server = Loopback.Datagram();
        using Fd client = Loopback.Datagram();
        SockAddr to = Getsockname(server);
        Kernel.SetTimeouts(client, microseconds: 1000);
        Assert.Equal(
            $"dg_cli error: Resource temporarily unavailable ({client})",
            Assert.Throws<UnpException>(() => Ask(client, to, "lost\n")).Message);
    }

    [Fact]
    public void Client_fails_if_datagram_cannot_be_sent()
    {
        using Fd client = Loopback.Datagram();
        Assert.Equal(
            $"dg_cli error: Permission denied ({client})", // a broadcast without SO_BROADCAST
            Assert.Throws<UnpException>(() => Ask(client, SockAddr.Inet("255.255.255.255", 9), "x\n")).Message);
    }

    [Fact]
    public void Client_without_lines_sends_nothing()
    {
        using Fd client = Loopback.Datagram();
        Assert.Equal("", Ask(client, default, ""));
    }

    static Fd Bound(string path)
    {
        Fd fd = Loopback.Limited(Socket(AF_UNIX, SOCK_DGRAM));
        Bind(fd, SockAddr.Unix(path));
        return fd;
    }

    static string Talk(int family, string lines)
    {
        using Fd server = Loopback.Datagram(family);
        using Fd client = Loopback.Datagram(family);
        BlockedThread<UnpException?> serving = Serve(server);
        string answer = Ask(client, Getsockname(server), lines);
        End(server, serving);
        return answer;
    }

    /// <summary>Returns the output of dg_cli for the lines.</summary>
    static string Ask(Fd client, SockAddr server, string lines)
    {
        using var directory = new TempDirectory();
        File.WriteAllText(directory["input"], lines);
        using (Fd input = Open(directory["input"], O_RDONLY))
        using (Fd output = Open(directory["output"], O_WRONLY | O_CREAT, 0x180))
            Dg_cli(input, client, server, output);
        return File.ReadAllText(directory["output"]);
    }

    static BlockedThread<UnpException?> Serve(Fd server)
    {
        Kernel.SetTimeouts(server); // the server would not end by itself
        return new(() => Record.Exception(() => Dg_echo(server)) as UnpException);
    }

    /// <summary>Ends the server by an error: sets a receive time-out, and sends a datagram after which the server waits with it.</summary>
    static void End(Fd server, BlockedThread<UnpException?> serving)
    {
        Setsockopt(server, SocketOptions.RcvTimeo, TimeSpan.FromMilliseconds(1));
        using Fd last = Loopback.Datagram(Getsockname(server).Family);
        Sendto(last, "the next wait has a time-out"u8, 0, Getsockname(server));
        Assert.Equal($"dg_echo error: Resource temporarily unavailable ({server})", serving.Result?.Message);
    }
}
