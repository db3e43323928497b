using System.Globalization;

namespace Unp.Net.Kestrel.Tests;

/// <summary>Tests of a server with more clients than descriptors.</summary>
public class DescriptorTests : KestrelSuite
{
    const int Clients = 250;

    /// <summary>The runtime needs about 20 descriptors for the assemblies that the first request loads.</summary>
    [Theory]
    [InlineData(46), InlineData(86)]
    public void Server_survives_more_clients_than_descriptors(int free)
    {
        for (int i = 0; i < 3; i++)
        {
            using Peer server = Peer.Start(Path.Combine(AppContext.BaseDirectory, "unp-web"), "--urls", "http://127.0.0.1:0");
            SockAddr address = Listening(server);
            DescriptorLimit.Set(server.Id, HighestDescriptor(server.Id) + 1 + free);
            var clients = new List<Fd>();
            try
            {
                for (int j = 0; j < Clients; j++)
                {
                    clients.Add(Loopback.Limited(Socket(AF_INET, SOCK_STREAM)));
                    Connect(clients[j], address);
                    Writen(clients[j], "GET / HTTP/1.1\r\nHost: web\r\nConnection: close\r\n\r\n"u8);
                }

                // Each client disconnects after its answer, so the next one is served.
                foreach (Fd client in clients)
                {
                    Assert.StartsWith("HTTP/1.1 200 OK\r\n", ReadToEnd(client));
                    client.Dispose();
                }
            }
            finally
            {
                clients.ForEach(client => client.Dispose());
            }
            Assert.Equal(0, server.Kill(SIGTERM).WaitForExit());
        }
    }

    [Fact]
    public void Clients_waiting_for_descriptor_are_served_after_others_leave()
    {
        using Peer server = Peer.Start(Path.Combine(AppContext.BaseDirectory, "unp-web"), "--urls", "http://127.0.0.1:0");
        SockAddr address = Listening(server);
        DescriptorLimit.Set(server.Id, HighestDescriptor(server.Id) + 1 + 46);
        var idle = new List<Fd>();
        try
        {
            for (int i = 0; i < Clients; i++)
            {
                idle.Add(Loopback.Limited(Socket(AF_INET, SOCK_STREAM)));
                Connect(idle[i], address);
            }
            using Fd last = Loopback.Limited(Socket(AF_INET, SOCK_STREAM));
            Connect(last, address);
            Writen(last, "GET / HTTP/1.1\r\nHost: web\r\nConnection: close\r\n\r\n"u8);
            idle.ForEach(client => client.Dispose());
            Assert.StartsWith("HTTP/1.1 200 OK\r\n", ReadToEnd(last));
        }
        finally
        {
            idle.ForEach(client => client.Dispose());
        }
        Assert.Equal(0, server.Kill(SIGTERM).WaitForExit());
    }

    static SockAddr Listening(Peer server)
    {
        const string Before = "http://";
        string? line;
        do
            line = server.ReadLine();
        while (line?.Contains(Before, StringComparison.Ordinal) == false);
        Assert.NotNull(line);
        return SockAddr.Parse(line[(line.IndexOf(Before, StringComparison.Ordinal) + Before.Length)..].Trim());
    }

    static int HighestDescriptor(int process) => Directory.GetFileSystemEntries($"/proc/{process}/fd")
        .Max(entry => int.Parse(Path.GetFileName(entry), CultureInfo.InvariantCulture));
}
