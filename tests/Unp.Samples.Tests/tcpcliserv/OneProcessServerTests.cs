namespace Unp.Samples.Tests.tcpcliserv;

/// <summary>The echo servers that serve all clients in one process, with select and with poll.</summary>
public class OneProcessServerTests
{
    public static TheoryData<string, string> EveryServer => new(
        from server in (string[])["tcpservselect01", "tcpservpoll01"] from address in (string[])["127.0.0.1", "::1"] select (server, address));

    [Theory]
    [MemberData(nameof(EveryServer))]
    public void Every_byte_comes_back_and_the_end_after_the_last(string server, string address)
    {
        string everyByte = string.Concat(Enumerable.Range(0, 256).Select(value => (char)value));
        using Peer serving = UnpProcess.StartServer($"tcpcliserv/{server}", address, out SockAddr listening);
        using Wire silent = Wire.Connect(listening);
        using Wire client = Wire.Connect(listening);
        Assert.Equal(everyByte, client.Send(everyByte).Receive(256));
        Assert.Equal("no newline", client.Send("no newline").EndSending().ReceiveToEnd());
        Assert.Equal("after it", silent.Send("after it").EndSending().ReceiveToEnd());
        Assert.Equal(new Outcome(0, "", ""), serving.Kill(SIGTERM).Finish());
    }

    [Theory]
    [InlineData("tcpservselect01")]
    [InlineData("tcpservpoll01")]
    public void Of_500_clients_half_reset_and_the_rest_is_still_served(string server)
    {
        using Peer serving = UnpProcess.StartServer($"tcpcliserv/{server}", "127.0.0.1", out SockAddr listening);
        Wire[] clients = [.. Enumerable.Range(0, 500).Select(_ => Wire.Connect(listening))];
        try
        {
            for (int i = 0; i < clients.Length; i++)
                clients[i].Send($"client {i}\n");
            for (int i = clients.Length - 1; i >= 0; i--)
                Assert.Equal($"client {i}\n", clients[i].Receive($"client {i}\n".Length));

            // Some with data on its way in both directions: the server's write fails, or its read.
            for (int i = 0; i < clients.Length; i += 2)
            {
                if (i % 4 == 0)
                    clients[i].Send(new string('x', 10_000));
                clients[i].Reset();
            }
            for (int i = 1; i < clients.Length; i += 2)
                Assert.Equal($"client {i} again\n", clients[i].Send($"client {i} again\n").Receive($"client {i} again\n".Length));

            // As many as left can come.
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
        Assert.Equal(new Outcome(0, "", ""), serving.Kill(SIGTERM).Finish());
    }

    [Fact]
    public void Closed_connections_are_closed_in_the_server_too()
    {
        foreach (string server in (string[])["tcpservselect01", "tcpservpoll01"])
        {
            using Peer serving = UnpProcess.StartServer($"tcpcliserv/{server}", "127.0.0.1", out SockAddr listening);
            using Wire first = Wire.Connect(listening);
            Assert.Equal("x", first.Send("x").Receive(1));
            int Sockets() => Directory.GetFileSystemEntries($"/proc/{serving.Id}/fd")
                .Count(entry => new FileInfo(entry).LinkTarget?.StartsWith("socket:", StringComparison.Ordinal) == true);
            int before = Sockets();
            for (int i = 0; i < 20; i++)
            {
                using Wire client = Wire.Connect(listening);
                Assert.Equal("y", client.Send("y").EndSending().ReceiveToEnd());
            }
            Limit.Until(() => Sockets() == before, "the server has one client");
        }
    }
}
