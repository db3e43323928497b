using System.Diagnostics;

namespace Unp.Samples.Tests.mcast;

public class GroupClientTests
{
    /// <summary>The server of the book answers, and a server of the test on the client's own host.</summary>
    [Fact]
    public void Replies_of_5_seconds_are_printed()
    {
        using var hosts = new TwoHosts();
        using Peer server = TwoHosts.Start(hosts.First, "mcast/udpserv01", "--port", "0");
        int port = UnpProcess.Listening(server).Port;
        using Fd own = TwoHosts.Bound(hosts.Second, SockAddr.Any(AF_INET, port));

        long started = Stopwatch.GetTimestamp();
        Peer[] clients =
        [
            .. from program in (string[])["mcast/udpcli01", "mcast/udpcli05"]
               select TwoHosts.Start(hosts.Second, program, "224.0.0.1", "--port", $"{port}").Type($"{program}\n"),
        ];
        try
        {
            byte[] line = new byte[100];
            foreach (Peer _ in clients)
            {
                int n = Recvfrom(own, line, 0, out SockAddr client);
                Sendto(own, [(byte)'2', .. line.AsSpan(0, n)], 0, client);
            }
            foreach (var (client, program) in clients.Zip((string[])["mcast/udpcli01", "mcast/udpcli05"]))
            {
                string[] replies = [client.ReadLine()!, client.ReadLine()!];
                Assert.Equal([$"from 192.0.2.1: {program}", $"from 192.0.2.2: 2{program}"], replies.Order());
                Assert.Equal(new Outcome(0, "", ""), client.Finish());
            }
            Assert.True(Stopwatch.GetElapsedTime(started) >= TimeSpan.FromSeconds(5));
        }
        finally
        {
            Array.ForEach(clients, client => client.Dispose());
        }
    }

    /// <summary>SIGALRM ends the wait, also if something else than the program's own alarm sends it.</summary>
    [Fact]
    public void Signal_ends_wait_of_udpcli01()
    {
        using var hosts = new TwoHosts();
        using Fd server = TwoHosts.Bound(hosts.First, SockAddr.Any(AF_INET));
        string port = $"{Getsockname(server).Port}";
        using Peer client = TwoHosts.Start(hosts.Second, "mcast/udpcli01", "224.0.0.1", "--port", port).Type("one\ntwo\n").EndInput();
        byte[] line = new byte[100];
        Assert.Equal("one\n"u8, line.AsSpan(0, Recvfrom(server, line, 0, out _)));
        client.WaitUntilIn("recvfrom").KillFirstThread(SIGALRM);
        Assert.Equal("two\n"u8, line.AsSpan(0, Recvfrom(server, line, 0, out _)));
        client.WaitUntilIn("recvfrom").KillFirstThread(SIGALRM);
        Assert.Equal(new Outcome(0, "", ""), client.Finish());
    }

    [Fact]
    public void Next_line_is_sent_when_5_seconds_are_over()
    {
        using var hosts = new TwoHosts();
        using Fd server = TwoHosts.Bound(hosts.First, SockAddr.Any(AF_INET));
        string port = $"{Getsockname(server).Port}";
        using Peer client = TwoHosts.Start(hosts.Second, "mcast/udpcli01", "224.0.0.1", "--port", port).Type("one\ntwo\n");
        byte[] line = new byte[100];
        Assert.Equal("one\n"u8, line.AsSpan(0, Recvfrom(server, line, 0, out _)));
        Assert.Equal("two\n"u8, line.AsSpan(0, Recvfrom(server, line, 0, out SockAddr from)));
        Sendto(server, "TWO\n"u8, 0, from);
        Assert.Equal("from 192.0.2.1: TWO", client.ReadLine());
    }

    [Fact]
    public void Client_bound_to_group_receives_only_what_is_sent_to_group()
    {
        using var hosts = new TwoHosts();
        SockAddr group = SockAddr.Inet("239.255.1.2", 0);
        using Fd member = TwoHosts.Bound(hosts.First, group);
        hosts.First.Call(() => Mcast_join(member, group, "v0"));
        string port = $"{Getsockname(member).Port}";
        using Peer client = TwoHosts.Start(hosts.Second, "mcast/udpcli06", "239.255.1.2", "--port", port).Type("one\n");
        byte[] line = new byte[100];
        Assert.Equal("one\n"u8, line.AsSpan(0, Recvfrom(member, line, 0, out SockAddr from)));
        Assert.Equal("192.0.2.2", Sock_ntop_host(from)); // the host's own address

        // The client has not joined the group, but another program of its host may have.
        using Fd other = hosts.Second.Socket(AF_INET, SOCK_DGRAM);
        hosts.Second.Call(() => Mcast_join(other, group, "v0"));
        using Fd server = TwoHosts.Bound(hosts.First, SockAddr.Inet("192.0.2.1", 0));
        Sendto(server, "to client\n"u8, 0, from);
        group.Port = from.Port;
        Sendto(server, "to group\n"u8, 0, group);
        Assert.Equal("from 192.0.2.1: to group", client.ReadLine());
        Assert.Equal(new Outcome(0, "", ""), client.Finish());
    }

    [Theory]
    [InlineData("mcast/udpcli01", 9877)]
    [InlineData("mcast/udpcli05", 13)]
    public void Client_without_port_uses_book_port(string program, int port)
    {
        using Peer client = UnpProcess.Start(program, "255.255.255.255").Type("line\n");
        Outcome outcome = client.Finish();
        Assert.Equal((1, ""), (outcome.Status, outcome.Output));
        Assert.Matches($"^sendto error: .* \\(255\\.255\\.255\\.255:{port}\\)\n$", outcome.Error);
    }

    [Theory]
    [InlineData("mcast/udpcli01", "<IPaddress>")]
    [InlineData("mcast/udpcli05", "<IPaddress>")]
    [InlineData("mcast/udpcli06", "<IPaddress>")]
    [InlineData("mcast/sendrecv", "<IP-multicast-address> <port#>")]
    [InlineData("mcast/ssm", "<source> <group> <port#> [ <interface> ]")]
    [InlineData("ssntp/ssntp", "<IPaddress>")]
    public void Missing_arguments_print_usage(string program, string usage) =>
        Assert.Equal(new Outcome(1, "", $"usage: {Path.GetFileName(program)} {usage}\n"), UnpProcess.Run(program));
}
