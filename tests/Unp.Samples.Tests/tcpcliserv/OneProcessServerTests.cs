
namespace Unp.Samples.Tests.tcpcliserv;

/// <summary>Tests of the echo servers that serve all clients in one process. All mechanisms must behave alike.</summary>
public class OneProcessServerTests
{
    /// <summary>The programs that this system can run, with their options.</summary>
    static readonly string[] Servers =
    [
        "tcpservselect01", "tcpservpoll01", "tcpservselect02", "tcpservpoll02",
        "tcpservpoller01", "tcpservpoller01 --poller select", "tcpservpoller01 --poller poll",
        "tcpservasync01", "tcpservasync01 --poller select", "tcpservasync01 --poller poll",
        .. OperatingSystem.IsLinux() ? ["tcpservepoll01", "tcpservepoll02"] : (string[])["tcpservkqueue01"],
    ];

    /// <summary>The servers of chapter 6, which block in <c>writen</c>.</summary>
    static readonly string[] Figures = ["tcpservselect01", "tcpservpoll01"];

    public static TheoryData<string> EveryServer => new(Servers);

    public static TheoryData<string> EveryFigure => new(Figures);

    public static TheoryData<string> EveryServerThatNeverBlocks => new(Servers.Except(Figures));

    public static TheoryData<string, string> EveryServerAndAddress => new(
        from server in Servers from address in (string[])["127.0.0.1", "::1"] select (server, address));

    public static TheoryData<string> EveryServerWithoutLimit =>
        new(Servers.Where(server => !server.Contains("select", StringComparison.Ordinal)).Except(Figures));

    public static TheoryData<string> EveryServerWithSelect =>
        new(Servers.Where(server => server.Contains("select", StringComparison.Ordinal)));

    [Theory]
    [MemberData(nameof(EveryServerAndAddress))]
    public void Every_byte_is_echoed_before_end_of_stream(string server, string address)
    {
        string everyByte = string.Concat(Enumerable.Range(0, 256).Select(value => (char)value));
        using Peer serving = Start(server, out SockAddr listening, address);
        using Wire silent = Wire.Connect(listening);
        using Wire client = Wire.Connect(listening);
        Assert.Equal(everyByte, client.Send(everyByte).Receive(256));
        Assert.Equal("no newline", client.Send("no newline").EndSending().ReceiveToEnd());
        Assert.Equal("after it", silent.Send("after it").EndSending().ReceiveToEnd());
        Assert.Equal(new Outcome(0, "", ""), serving.Kill(SIGTERM).Finish());
    }

    [Theory]
    [MemberData(nameof(EveryServer))]
    public void Half_of_500_clients_reset_and_rest_are_still_served(string server)
    {
        DescriptorLimit.Require(700);
        using Peer serving = Start(server, out SockAddr listening);
        Wire[] clients = [.. Enumerable.Range(0, 500).Select(_ => Wire.Connect(listening))];
        try
        {
            for (int i = 0; i < clients.Length; i++)
                clients[i].Send($"client {i}\n");
            for (int i = clients.Length - 1; i >= 0; i--)
                Assert.Equal($"client {i}\n", clients[i].Receive($"client {i}\n".Length));

            // Some connections have data in both directions, so either the server's write or its read fails.
            for (int i = 0; i < clients.Length; i += 2)
            {
                if (i % 4 == 0)
                    clients[i].Send(new string('x', 10_000));
                clients[i].Reset();
            }
            for (int i = 1; i < clients.Length; i += 2)
                Assert.Equal($"client {i} again\n", clients[i].Send($"client {i} again\n").Receive($"client {i} again\n".Length));

            // As many clients connect as have left.
            for (int i = 0; i < clients.Length; i += 2)
                clients[i] = Wire.Connect(listening);
            for (int i = 0; i < clients.Length; i++)
                Assert.Equal($"{i}", clients[i].Send($"{i}").EndSending().ReceiveToEnd());
        }
        finally
        {
            foreach (Wire client in clients)
                client.Dispose();
        }
        Assert.Equal(new Outcome(0, "", ""), serving.Kill(SIGINT).Finish());
    }

    [Theory]
    [MemberData(nameof(EveryServer))]
    public void Server_closes_connections_that_clients_closed(string server)
    {
        using Peer serving = Start(server, out SockAddr listening);
        using Wire first = Wire.Connect(listening);
        Assert.Equal("x", first.Send("x").Receive(1));
        int before = Proc.Sockets(serving.Id);
        for (int i = 0; i < 20; i++)
        {
            using Wire client = Wire.Connect(listening);
            Assert.Equal("y", client.Send("y").EndSending().ReceiveToEnd());
        }
        Limit.Until(() => Proc.Sockets(serving.Id) == before, "the server has one client");
    }

    [Theory]
    [MemberData(nameof(EveryServerThatNeverBlocks))]
    public void Late_reader_delays_no_other_client_and_loses_no_byte(string server)
    {
        using Peer serving = Start(server, out SockAddr listening);
        using Wire other = Wire.Connect(listening);
        Assert.Equal("x", other.Send("x").Receive(1));
        int before = Proc.Sockets(serving.Id);
        using (var late = new LateReader(listening))
        {
            // Server and kernel buffer only a part, while the other client is served. Then the server waits without spinning.
            late.SendUntilNoRoom(other);
            serving.WaitUntilAsleep();
            late.ReceiveAll();

            // The server continues as before.
            late.SendUntilNoRoom(other);
            late.ReceiveAllToEnd();
        }
        Limit.Until(() => Proc.Sockets(serving.Id) == before, "the server has one client");
        Assert.Equal(new Outcome(0, "", ""), serving.Kill(SIGTERM).Finish());
    }

    [Theory]
    [MemberData(nameof(EveryServerThatNeverBlocks))]
    public void Client_that_never_reads_and_resets_is_dropped(string server)
    {
        using Peer serving = Start(server, out SockAddr listening);
        using Wire other = Wire.Connect(listening);
        Assert.Equal("x", other.Send("x").Receive(1));
        int before = Proc.Sockets(serving.Id);
        using var never = new LateReader(listening);
        Limit.Until(() => Proc.Sockets(serving.Id) == before + 1, "the server has two clients");
        never.SendUntilNoRoom(other);
        never.Reset();
        Limit.Until(() => Proc.Sockets(serving.Id) == before, "the server has one client");
        Assert.Equal("y", other.Send("y").EndSending().ReceiveToEnd());
        serving.WaitUntilAsleep();
    }

    /// <summary>The lesson of section 6.8: a server of many clients must never block for one of them (UNP 6.8).</summary>
    [Theory]
    [MemberData(nameof(EveryFigure))]
    public void Client_that_does_not_read_denies_service_to_others(string server)
    {
        using Peer serving = Start(server, out SockAddr listening);
        using Wire other = Wire.Connect(listening);
        Assert.Equal("x", other.Send("x").Receive(1));
        using (var late = new LateReader(listening))
        {
            late.SendUntilServerBlocks(serving, other);
            late.ReceiveAll();
            Assert.Equal("question", other.Receive("question".Length));
            late.ReceiveAllToEnd();
        }

        // A reset frees the server, too.
        using var never = new LateReader(listening);
        never.SendUntilServerBlocks(serving, other);
        never.Reset();
        Assert.Equal("question", other.EndSending().ReceiveToEnd());
        Assert.Equal(new Outcome(0, "", ""), serving.Kill(SIGTERM).Finish());
    }

    /// <summary>The servers read what has arrived. With <c>readline</c> they would wait for the rest of the line (UNP 6.8).</summary>
    [Theory]
    [MemberData(nameof(EveryServer))]
    public void Client_that_sends_half_line_delays_no_other(string server)
    {
        using Peer serving = Start(server, out SockAddr listening);
        using Wire stalls = Wire.Connect(listening);
        using Wire other = Wire.Connect(listening);
        Assert.Equal("f", stalls.Send("f").Receive(1));
        Assert.Equal("a line\n", other.Send("a line\n").Receive(7));
        Assert.Equal("oo\n", stalls.Send("oo\n").Receive(3));
    }

    [Theory]
    [MemberData(nameof(EveryServer))]
    public void Clients_wait_for_free_descriptor_until_others_leave(string server)
    {
        using Peer serving = Start(server, out SockAddr listening);
        int idle = Proc.Sockets(serving.Id);
        using (Wire first = Wire.Connect(listening))
            Assert.Equal("x", first.Send("x").EndSending().ReceiveToEnd());
        Limit.Until(() => Proc.Sockets(serving.Id) == idle, "the server has no client");

        const int Room = 10;
        DescriptorLimit.Leave(serving.Id, Room);
        Wire[] clients = [.. Enumerable.Range(0, 4 * Room).Select(_ => Wire.Connect(listening))];
        try
        {
            Assert.StartsWith("accept error: Too many open files", serving.ReadErrorLine(), StringComparison.Ordinal);
            serving.WaitUntilAsleep();

            // The clients are served in the order of their arrival, each after an earlier one has left.
            for (int i = 0; i < clients.Length; i++)
            {
                Assert.Equal($"client {i}", clients[i].Send($"client {i}").Receive($"client {i}".Length));
                if (i % 2 == 0)
                    Assert.Equal("", clients[i].EndSending().ReceiveToEnd());
                else
                    clients[i].Reset();
            }
        }
        finally
        {
            foreach (Wire client in clients)
                client.Dispose();
        }
        Assert.Equal(new Outcome(0, "", ""), serving.Kill(SIGTERM).Finish());
    }

    [Theory]
    [MemberData(nameof(EveryServerWithoutLimit))]
    public void Ten_thousand_clients_are_served_by_one_process(string server)
    {
        const int Many = 10_000;
        DescriptorLimit.Require(Many + 500);
        using Peer serving = Start(server, out SockAddr listening);
        int idle = Proc.Sockets(serving.Id);
        var clients = new List<Fd>(Many);
        try
        {
            for (int i = 0; i < Many; i++)
            {
                clients.Add(Loopback.Limited(Socket(AF_INET, SOCK_STREAM)));
                Setsockopt(clients[i], SocketOptions.Linger, TimeSpan.Zero); // avoids TIME_WAIT, because ports are scarce
                Connect(clients[i], listening);
            }
            Limit.Until(() => Proc.Sockets(serving.Id) == idle + Many, "all are accepted");
            Span<byte> answer = stackalloc byte[4];
            for (int i = 0; i < Many; i++)
                Writen(clients[i], BitConverter.GetBytes(i));
            for (int i = Many - 1; i >= 0; i--)
            {
                Assert.Equal(4, Readn(clients[i], answer));
                Assert.Equal(i, BitConverter.ToInt32(answer));
            }
        }
        finally
        {
            clients.ForEach(client => client.Dispose());
        }
        Limit.Until(() => Proc.Sockets(serving.Id) == idle, "all clients have left");
        Assert.Equal(new Outcome(0, "", ""), serving.Kill(SIGTERM).Finish());
    }

    /// <summary>The array of figure 6.25 has a fixed size. C ends the server when it is full.</summary>
    [Fact]
    public void Client_over_OPEN_MAX_is_refused_and_others_are_served()
    {
        const int OPEN_MAX = 1024;
        DescriptorLimit.Require(OPEN_MAX + 500);
        using Peer serving = Start("tcpservpoll01", out SockAddr listening);
        var clients = new List<Wire>();
        try
        {
            while (clients.Count < OPEN_MAX - 1) // the server's own socket has an entry, too
            {
                clients.Add(Wire.Connect(listening));
                Assert.Equal("x", clients[^1].Send("x").Receive(1));
            }
            using (Wire refused = Wire.Connect(listening))
                Assert.Equal("", refused.ReceiveToEnd());
            Assert.Equal("too many clients", serving.ReadErrorLine());
            Assert.Equal("y", clients[0].Send("y").EndSending().ReceiveToEnd());

            // The next client gets the free entry.
            clients.Add(Wire.Connect(listening));
            Assert.Equal("z", clients[^1].Send("z").Receive(1));
        }
        finally
        {
            clients.ForEach(client => client.Dispose());
        }
        Assert.Equal(new Outcome(0, "", ""), serving.Kill(SIGTERM).Finish());
    }

    [Theory]
    [MemberData(nameof(EveryServerWithSelect))]
    public void Select_refuses_clients_over_limit_and_serves_others(string server)
    {
        DescriptorLimit.Require(FdSet.Capacity + 500);
        using Peer serving = Start(server, out SockAddr listening);
        var clients = new List<Wire>();
        try
        {
            // The loop ends with the first refused client. The others are still served.
            string? refusal = null;
            while (refusal is null)
            {
                clients.Add(Wire.Connect(listening));
                if (!IsServed(clients[^1]))
                    refusal = serving.ReadErrorLine();
            }
            Assert.Equal("too many clients: fd 1024 does not fit into a set of 1024", refusal);
            Assert.InRange(clients.Count, 900, FdSet.Capacity);
            for (int i = clients.Count - 2; i >= 0; i--)
                Assert.Equal($"{i}", clients[i].Send($"{i}").EndSending().ReceiveToEnd());
        }
        finally
        {
            clients.ForEach(client => client.Dispose());
        }
        Assert.Equal(new Outcome(0, "", ""), serving.Kill(SIGTERM).Finish());
    }

    [Fact]
    public void Mechanism_is_chosen_by_option_or_environment()
    {
        const string Program = "tcpcliserv/tcpservpoller01";
        Assert.Equal(
            new Outcome(1, "", "--poller nonsense: the mechanism must be select, poll, epoll or kqueue\n\n"),
            UnpProcess.Run(Program, "--poller", "nonsense"));
        Assert.Contains("--poller <mechanism>", UnpProcess.Run(Program, "--help").Output, StringComparison.Ordinal);
        Assert.DoesNotContain("--poller", UnpProcess.Run("tcpservpoll01", "--help").Output, StringComparison.Ordinal);

        var nonsense = new Dictionary<string, string> { ["UNP_POLLER"] = "nonsense" };
        using Peer misled = UnpProcess.StartWith(nonsense, Program, "--port", "0");
        Assert.Equal(1, misled.WaitForExit());
        Assert.StartsWith("There is no poller \"nonsense\"", misled.Finish().Error, StringComparison.Ordinal);

        // The option takes precedence over the environment.
        using Peer serving = UnpProcess.StartWith(nonsense, Program, "--port", "0", "--poller", "poll");
        Assert.StartsWith("listening on ", serving.ReadErrorLine(), StringComparison.Ordinal);
        Assert.Equal(new Outcome(0, "", ""), serving.Kill(SIGTERM).Finish());
    }

    [Theory]
    [InlineData("tcpservkqueue01")]
    [InlineData("tcpservpoller01 --poller kqueue")]
    public void Unsupported_mechanism_is_reported(string server)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "this system has kqueue");
        Outcome outcome = UnpProcess.Run([.. $"tcpcliserv/{server} --port 0".Split(' ')]);
        Assert.Equal((1, ""), (outcome.Status, outcome.Output));
        Assert.Matches("^.*kqueue.*\n$", outcome.Error);
    }

    static Peer Start(string server, out SockAddr listening, string address = "127.0.0.1")
    {
        string[] command = server.Split(' ');
        return UnpProcess.StartServer($"tcpcliserv/{command[0]}", address, out listening, command[1..]);
    }

    static bool IsServed(Wire client)
    {
        try
        {
            return client.Send("x").ReceiveOnce() == "x";
        }
        catch (System.Net.Sockets.SocketException)
        {
            return false; // reset, because the server left data unread
        }
    }
}
