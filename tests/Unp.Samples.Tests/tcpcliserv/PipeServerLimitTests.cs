namespace Unp.Samples.Tests.tcpcliserv;

/// <summary>Tests of the pipe servers when select has no room for another client's descriptor.</summary>
public class PipeServerLimitTests
{
    [Theory]
    [InlineData("tcpcliserv/tcpservpipe01")]
    [InlineData("framing/frameserv --framing line")]
    public void Clients_over_select_limit_are_refused_and_others_served(string server)
    {
        const int Refused = 50;
        DescriptorLimit.Require(FdSet.Capacity + Refused + 500);
        var select = new Dictionary<string, string> { ["UNP_POLLER"] = "select" };
        using Peer serving = UnpProcess.StartServer(
            [.. server.Split(' '), "--bind", "127.0.0.1", "--port", "0"], out SockAddr listening, select);
        var clients = new List<Wire>();
        try
        {
            // The server answers the first client, so every descriptor it needs is open.
            clients.Add(Wire.Connect(listening));
            Assert.Equal("x\n", clients[0].Send("x\n").Receive(2));
            int idle = Proc.Sockets(serving.Id) - 1;

            Wire client = Wire.Connect(listening);
            while (IsServed(client))
            {
                clients.Add(client);
                client = Wire.Connect(listening);
            }
            using (client)
                Assert.Equal("too many clients: fd 1024 does not fit into a set of 1024", serving.ReadErrorLine());
            Assert.InRange(clients.Count, 900, FdSet.Capacity);
            for (int i = 0; i < Refused; i++)
            {
                using Wire another = Wire.Connect(listening);
                Assert.Equal("", another.ReceiveToEnd());
                Assert.Equal("too many clients: fd 1024 does not fit into a set of 1024", serving.ReadErrorLine());
            }
            for (int i = clients.Count - 1; i >= 0; i--)
                Assert.Equal($"{i}\n", clients[i].Send($"{i}\n").EndSending().ReceiveToEnd());
            Limit.Until(() => Proc.Sockets(serving.Id) == idle, "all clients have left");
        }
        finally
        {
            clients.ForEach(client => client.Dispose());
        }
        using (Wire later = Wire.Connect(listening))
            Assert.Equal("later\n", later.Send("later\n").EndSending().ReceiveToEnd());
        Assert.Equal(new Outcome(0, "", ""), serving.Kill(SIGTERM).Finish());
    }

    /// <summary>
    /// The first two calls fail, whether or not the client has connected by then. A later call accepts the client. The first call may
    /// precede the server's line about its address.
    /// </summary>
    [Theory]
    [InlineData("ENFILE", "Too many open files in system")]
    [InlineData("EPERM", "Operation not permitted")]
    [InlineData("ETIMEDOUT", "Connection timed out")]
    public void Transient_accept_error_is_reported_once_and_ends_no_server(string error, string message)
    {
        using var directory = new TempDirectory();
        using Peer server = Traced.Start(
            directory["log"], ["trace=accept4", $"inject=accept4:error={error}:when=1..2"],
            "tcpcliserv/tcpservpipe01", "--bind", "127.0.0.1", "--port", "0");
        SockAddr listening = UnpProcess.Listening(server, out string before);
        using (Wire client = Wire.Connect(listening))
            Assert.Equal("served\n", client.Send("served\n").EndSending().ReceiveToEnd());
        Outcome outcome = server.Kill(SIGTERM).Finish();
        Assert.Equal(0, outcome.Status);
        Assert.Matches($@"^too many clients: accept error: {message} \(fd \d+\)\n$", before + outcome.Error);
        Assert.Equal(2, File.ReadLines(directory["log"]).Count(call => call.Contains("(INJECTED)", StringComparison.Ordinal)));
    }

    static bool IsServed(Wire client)
    {
        try
        {
            return client.Send("x\n").ReceiveOnce() == "x\n";
        }
        catch (System.Net.Sockets.SocketException)
        {
            return false; // reset, because the server left data unread
        }
    }
}
