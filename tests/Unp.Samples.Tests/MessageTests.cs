namespace Unp.Samples.Tests;

/// <summary>Tests of programs that cannot write their messages or have few descriptors, and must continue.</summary>
public class MessageTests
{
    /// <summary>A request that every server answers: 16 bytes for tcpserv09, containing a number for serv00.</summary>
    const string Question = "1 2            \n";

    const string Full = ">/dev/full 2>/dev/full";

    /// <summary>The TCP servers of all chapters that serve a client without a file or a partner.</summary>
    public static TheoryData<string> EveryServer => new(
        from program in Catalog.Programs
        where program.Name.Contains("srv", StringComparison.Ordinal) || program.Name.Contains("serv", StringComparison.Ordinal)
        where !program.Name.Contains("udpserv", StringComparison.Ordinal) || program.Name == "udpservselect01"
        where program.Folder is not ("inetd" or "p2p" or "framing") && !program.Name.StartsWith("unix", StringComparison.Ordinal)
        where !program.Name.Contains("udpsrv", StringComparison.Ordinal) && program.Path != "nonblock/tcpservselect03"
        where !program.Name.Contains(OperatingSystem.IsLinux() ? "kqueue" : "epoll", StringComparison.Ordinal)
        select program.Path);

    /// <summary>The servers that print a line about a client's reset and continue.</summary>
    public static TheoryData<string> EveryServerThatReportsReset => new(
        "tcpcliserv/tcpserv01", "tcpcliserv/tcpserv04", "udpcliserv/udpservselect01", "server/serv02",
        "server/serv13");

    public static TheoryData<string> EveryClient => new(Programs.Clients.Select(client => client.Path));

    [Theory]
    [MemberData(nameof(EveryServer))]
    public void Server_continues_when_no_message_can_be_written(string program)
    {
        using Peer serving = Start(program, Full, out SockAddr listening);
        using (Wire first = Connect(listening, serving))
            AssertServes(program, first);
        for (int i = 0; i < 3; i++)
        {
            using Wire another = Wire.Connect(listening);
            AssertServes(program, another);
        }
        serving.Kill(SIGTERM).WaitForExit();
        Assert.Equal(("", ""), (serving.ReadToEnd(), serving.ReadErrorToEnd()));
    }

    [Theory]
    [MemberData(nameof(EveryServerThatReportsReset))]
    public void Server_continues_when_reset_cannot_be_reported(string program)
    {
        using Peer serving = Start(program, Full, out SockAddr listening);
        using Wire stays = Connect(listening, serving);
        Assert.NotEqual("", stays.Send(Question).ReceiveOnce());
        for (int i = 0; i < 3; i++)
        {
            Wire another = Wire.Connect(listening);
            Assert.NotEqual("", another.Send(Question).ReceiveOnce());
            another.Reset();
        }
        Assert.NotEqual("", stays.Send(Question).ReceiveOnce());
        using Wire last = Wire.Connect(listening);
        AssertServes(program, last);
    }

    [Theory]
    [MemberData(nameof(EveryClient))]
    public void Failed_client_has_status_1_when_message_cannot_be_written(string program)
    {
        using Peer client = Shell($"exec \"$@\" {Full}", program, "--port", $"{Loopback.Deaf(out Fd holder).Port}", "127.0.0.1");
        using (holder)
            Assert.Equal(1, client.WaitForExit());
    }

    [Theory]
    [InlineData("tcpservselect01")]
    [InlineData("tcpservpoll01")]
    [InlineData("tcpservselect02")]
    [InlineData("tcpservpoll02")]
    [InlineData("tcpservepoll01")]
    [InlineData("tcpservpoller01")]
    [InlineData("tcpservasync01")]
    public void First_message_of_server_may_report_lack_of_descriptors(string program)
    {
        var clients = new List<Wire>();
        using Peer serving = Start($"tcpcliserv/{program}", "", out SockAddr listening, "ulimit -n 64; ");
        try
        {
            clients.Add(Connect(listening, serving));
            for (int i = 0; i < 100; i++)
                clients.Add(Wire.Connect(listening));
            Assert.Contains("Too many open files", serving.ReadErrorLine());
            Assert.NotEqual("", clients[0].Send(Question).ReceiveOnce());
        }
        finally
        {
            clients.ForEach(client => client.Dispose());
        }
        using (Wire last = Wire.Connect(listening))
            AssertServes(program, last);
        Assert.Equal(0, serving.Kill(SIGTERM).WaitForExit());
    }

    /// <summary>A daytime server reads no request, so it answers sent bytes with RST. daytimetcpsrv3 always ends with RST.</summary>
    static void AssertServes(string program, Wire client)
    {
        if (!program.Contains("daytime", StringComparison.Ordinal))
            client.Send(Question).EndSending();
        Assert.NotEqual("", program == "names/daytimetcpsrv3" ? client.ReceiveOnce() : client.ReceiveToEnd());
    }

    /// <summary>Starts a server on a known port, because the server cannot print its address.</summary>
    internal static Peer Start(string path, string redirection, out SockAddr listening, string before = "")
    {
        listening = Loopback.FreePort("127.0.0.1");
        BookProgram program = Catalog.Named(path).Single(program => program.Path == path);
        string port = $"{listening.Port}";
        bool hasNumber = program.Usage.Contains("<#", StringComparison.Ordinal);
        string[] host = program.Usage.Contains("host", StringComparison.Ordinal) ? ["127.0.0.1"] : [];
        string[] number = hasNumber ? ["2"] : [];
        string[] arguments = program.Usage.Contains("<service>", StringComparison.Ordinal)
            || program.Usage.Contains("<port#>", StringComparison.Ordinal)
            ? [.. host, port, .. number]
            : ["--bind", "127.0.0.1", "--port", port];
        return Shell($"{before}exec \"$@\" {redirection}", [path, .. arguments]);
    }

    internal static Peer Shell(string command, params string[] arguments) =>
        Peer.Start("sh", ["-c", command, "sh", UnpProcess.Executable, .. arguments]);

    /// <summary>Connects as soon as the server listens.</summary>
    internal static Wire Connect(SockAddr listening, Peer serving)
    {
        Wire? client = null;
        Limit.Until(() => TryConnect(listening, out client), $"process {serving.Id} listens at {listening}");
        return client!;
    }

    static bool TryConnect(in SockAddr listening, out Wire? client)
    {
        client = null;
        try
        {
            client = Wire.Connect(listening);
        }
        catch (System.Net.Sockets.SocketException)
        {
            // The server does not listen yet.
        }
        return client is not null;
    }
}
