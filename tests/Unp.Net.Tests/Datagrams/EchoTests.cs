namespace Unp.Net.Tests.Datagrams;

/// <summary>dg_echo and dg_cli, the two ends of the book's UDP example.</summary>
public class EchoTests
{
    [Theory]
    [MemberData(nameof(Families.Internet), MemberType = typeof(Families))]
    public void Lines_go_there_and_back(int family)
    {
        string longest = new string('x', MAXLINE - 1) + "\n";
        Assert.Equal($"one\n\n\0\n{longest}no newline", Talk(family, $"one\n\n\0\n{longest}no newline"));
    }

    [Fact]
    public void Line_longer_than_MAXLINE_goes_as_two_datagrams_and_comes_back_whole()
    {
        string line = new string('y', MAXLINE + 5) + "\n";
        Assert.Equal(line, Talk(AF_INET, line));
    }

    [Fact]
    public void Server_cuts_a_datagram_to_MAXLINE_and_answers_an_empty_one()
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
        Kernel.SetTimeouts(server, 20); // no end of its own
        var lost = new System.Collections.Concurrent.BlockingCollection<(SockAddr Client, Errno Reason)>();
        BlockedThread<UnpException?> serving = new(() =>
            Record.Exception(() => Dg_echo(server, (client, reason) => lost.Add((client, reason)))) as UnpException);
        SockAddr address = SockAddr.Unix(directory["server"]);

        using (Fd unbound = Loopback.Limited(Socket(AF_UNIX, SOCK_DGRAM)))
            Sendto(unbound, "no path"u8, 0, address);
        Assert.Equal(default, Limit.Run(lost.Take).Client);

        // A client that does not read fills its queue, and makes nobody wait.
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
        Assert.Equal("dg_echo error: Resource temporarily unavailable", serving.Result?.Message);
    }

    [Fact]
    public void Client_prints_what_anybody_answers()
    {
        // That is what is wrong with it (section 8.8).
        using Fd server = Loopback.Datagram();
        using Fd client = Loopback.Datagram();
        using Fd another = Loopback.Datagram();
        Sendto(another, "spoofed\n"u8, 0, Getsockname(client));
        Assert.Equal("spoofed\n", Ask(client, Getsockname(server), "question\n"));
    }

    [Fact]
    public void Server_that_does_not_answer_ends_the_work_where_the_socket_has_a_time_out()
    {
        using Fd server = Loopback.Datagram();
        using Fd client = Loopback.Datagram();
        SockAddr to = Getsockname(server);
        Kernel.SetTimeouts(client, microseconds: 1000);
        Assert.Equal("dg_cli error: Resource temporarily unavailable", Assert.Throws<UnpException>(() => Ask(client, to, "lost\n")).Message);
    }

    [Fact]
    public void Datagram_that_cannot_be_sent_ends_the_work()
    {
        using Fd client = Loopback.Datagram();
        Assert.Equal(
            "dg_cli error: Permission denied", // a broadcast, without SO_BROADCAST
            Assert.Throws<UnpException>(() => Ask(client, SockAddr.Inet("255.255.255.255", 9), "x\n")).Message);
    }

    [Fact]
    public void Without_lines_there_is_nothing_to_do()
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

    /// <summary>What dg_cli prints for these lines.</summary>
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
        Kernel.SetTimeouts(server); // no end of its own
        return new(() => Record.Exception(() => Dg_echo(server)) as UnpException);
    }

    /// <summary>Nothing ends the server but an error: here a time-out that it gets, and a datagram after which it waits with it.</summary>
    static void End(Fd server, BlockedThread<UnpException?> serving)
    {
        Setsockopt(server, SocketOptions.RcvTimeo, TimeSpan.FromMilliseconds(1));
        using Fd last = Loopback.Datagram(Getsockname(server).Family);
        Sendto(last, "the next wait has a time-out"u8, 0, Getsockname(server));
        Assert.Equal("dg_echo error: Resource temporarily unavailable", serving.Result?.Message);
    }
}
