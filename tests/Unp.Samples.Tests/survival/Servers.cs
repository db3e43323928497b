namespace Unp.Samples.Tests.survival;

/// <summary>Starts any server of the samples on a free port of 127.0.0.1.</summary>
static class Servers
{
    /// <summary>Returns the arguments of <c>unp</c>.</summary>
    /// <param name="program">The server, followed by its own options or number: <c>server/serv07 2</c>.</param>
    public static string[] Command(string program)
    {
        string[] words = program.Split(' ');
        bool takesHost = words[0].Split('/')[0] is "threads" or "names" or "server"
            || words[0] is "unixdomain/daytimetcpsrv2" or "advio/udpserv04";
        string[] where = words[0] is "names/daytimetcpsrv1" ? ["0"]
            : words[0] is "advio/udpserv03" ? ["--port", "0"]
            : takesHost ? ["127.0.0.1", "0"]
            : ["--bind", "127.0.0.1", "--port", "0"];
        return [words[0], .. words[1..].Where(word => word[0] == '-'), .. where, .. words[1..].Where(word => word[0] != '-')];
    }

    /// <summary>Starts the server.</summary>
    public static Peer Start(string program, out SockAddr listening)
    {
        Peer server = UnpProcess.Start(Command(program));
        listening = Listening(server);
        return server;
    }

    /// <summary>The address on which the server listens, which may not be its first line.</summary>
    public static SockAddr Listening(Peer server)
    {
        const string Before = "listening on ";
        string? line;
        do
            line = server.ReadErrorLine();
        while (line?.StartsWith(Before, StringComparison.Ordinal) == false);
        Assert.NotNull(line);
        return SockAddr.Inet("127.0.0.1", SockAddr.Parse(line[Before.Length..]).Port);
    }

    /// <summary>Sends a request that every server of this kind answers, and checks the answer.</summary>
    public static void Ask(string program, SockAddr listening)
    {
        using Wire client = Wire.Connect(listening);
        if (program.Contains("daytime", StringComparison.Ordinal))
            Assert.Equal(26, client.ReceiveToEnd().Length);
        else
            AskTwice(program, client);
    }

    static void AskTwice(string program, Wire client)
    {
        // The servers of chapter 30 send the requested number of bytes, the sum servers a sum, the others an echo.
        (string question, int answer) = program.StartsWith("server/", StringComparison.Ordinal) ? ("5\n", 5)
            : program.EndsWith("tcpserv08", StringComparison.Ordinal) ? ("11 22\n", 3)
            : program.EndsWith("tcpserv09", StringComparison.Ordinal) ? (new string('\x1', 16), 8)
            : ("question\n", 9);
        Assert.Equal(answer, client.Send(question).Receive(answer).Length);
        Assert.Equal(answer, client.Send(question).Receive(answer).Length);
    }
}
