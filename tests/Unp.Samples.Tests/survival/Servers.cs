namespace Unp.Samples.Tests.survival;

/// <summary>How each server of the samples is started on a free port of 127.0.0.1.</summary>
static class Servers
{
    /// <summary>The arguments of <c>unp</c>.</summary>
    /// <param name="program">The server, with its own options behind it: <c>server/serv06 --new-threads</c>.</param>
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

    /// <summary>Starts it.</summary>
    public static Peer Start(string program, out SockAddr listening)
    {
        Peer server = UnpProcess.Start(Command(program));
        listening = Listening(server);
        return server;
    }

    /// <summary>Where a server listens, which may not be the first line that it prints.</summary>
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

    /// <summary>Asks a server for something that all of its kind answer, and looks at the answer.</summary>
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
        // chapter 30's servers send so many bytes, the sum's servers a sum, the others what they got
        (string question, int answer) = program.StartsWith("server/", StringComparison.Ordinal) ? ("5\n", 5)
            : program.EndsWith("tcpserv08", StringComparison.Ordinal) ? ("11 22\n", 3)
            : program.EndsWith("tcpserv09", StringComparison.Ordinal) ? (new string('\x1', 16), 8)
            : ("question\n", 9);
        Assert.Equal(answer, client.Send(question).Receive(answer).Length);
        Assert.Equal(answer, client.Send(question).Receive(answer).Length);
    }
}
