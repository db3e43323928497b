using static Unp.Samples.Tests.udpcliserv.TftpClient;

namespace Unp.Samples.Tests.udpcliserv;

/// <summary>Tests of many clients, of shortages, and of the addresses of a server.</summary>
public class TftpLoadTests
{
    [Fact]
    public void Fifty_clients_read_and_write_at_once()
    {
        const int Clients = 50;
        using var site = new TftpSite("--write", "--timeout", "5000");
        byte[][] contents = [.. Enumerable.Range(0, Clients).Select(number => site.Add($"file{number}", 10_000 + number))];
        Task[] all = [.. Enumerable.Range(0, Clients).Select(number => Task.Factory.StartNew(
            () =>
            {
                using TftpClient client = site.Client();
                byte[] copy = client.Download($"file{number}");
                Assert.Equal(contents[number], copy);
                client.Upload($"copy{number}", copy);
            },
            TaskCreationOptions.LongRunning))];
        Task.WhenAll(all).Within();
        for (int number = 0; number < Clients; number++)
            Assert.Equal(contents[number], File.ReadAllBytes(site[$"copy{number}"]));
    }

    [Fact]
    public void Transfers_beyond_limit_are_refused_until_one_ends()
    {
        const int Clients = 200;
        DescriptorLimit.Require(2 * Clients);
        using var site = new TftpSite("--transfers", $"{Clients}");
        site.Add("file", 600);
        TftpClient[] held = [.. Enumerable.Range(0, Clients).Select(_ => site.Client())];
        try
        {
            foreach (TftpClient client in held)
                client.Read("file");
            foreach (TftpClient client in held)
                Assert.StartsWith(Data(1, ""), client.Receive());
            using TftpClient late = site.Client();
            Assert.Equal("Too many transfers, try again later", late.Read("file").ExpectError(0));
            Limit.Until(() => site.Transfers == Clients, "the refused client has no socket");

            held[7].Send(Error(0));
            Limit.Until(() => site.Transfers < Clients, "a transfer has ended");
            Limit.Until(() => late.Read("file").Receive().StartsWith(Data(1, ""), StringComparison.Ordinal), "the late client is served");
            foreach (TftpClient client in held.Where(client => client != held[7]))
                Assert.StartsWith(Data(2, ""), client.Send(Ack(1)).Receive());
        }
        finally
        {
            foreach (TftpClient client in held)
                client.Dispose();
        }
    }

    [Fact]
    public void Request_without_free_descriptor_is_ignored()
    {
        using var site = new TftpSite();
        byte[] content = site.Add("file", 600);
        using TftpClient client = site.Client();
        Assert.Equal(content, client.Download("file"));
        site.WaitUntilIdle();
        SetLimit(3);
        client.Read("file");
        Assert.StartsWith("a request is ignored: socket error: Too many open files", site.Server.ReadErrorLine());
        SetLimit(1000);
        Assert.Equal(content, client.Download("file"));
        Assert.Equal(new Outcome(0, "", ""), site.Server.Kill(SIGTERM).Finish());

        // Only the soft limit, which can be raised again.
        void SetLimit(int descriptors)
        {
            using Peer prlimit = Peer.Start("prlimit", "--pid", $"{site.Server.Id}", $"--nofile={descriptors}:");
            Assert.Equal(0, prlimit.Finish().Status);
        }
    }

    [Fact]
    public void Request_without_thread_is_refused()
    {
        string directory = AppContext.BaseDirectory; // every user may read it
        using Peer server = ThreadLimit.Start(
            UnpProcess.Executable, "udpservtftp", "--dir", directory, "--bind", "127.0.0.1", "--port", "0", "--timeout", "60000");
        using var client = new TftpClient(UnpProcess.Listening(server));
        byte[] content = client.Download("unp.runtimeconfig.json");
        ThreadLimit.Forbid(server);
        Assert.Equal("No thread can be created, try again later", client.Read("unp.runtimeconfig.json").ExpectError(0));
        ThreadLimit.Allow(server);
        Assert.Equal(content, client.Download("unp.runtimeconfig.json"));
    }

    [Fact]
    public void Answer_comes_from_requested_address()
    {
        using TftpSite site = TftpSite.At("0.0.0.0");
        site.Add("file", 3);
        foreach (string address in (string[])["127.0.0.1", "127.0.0.2"])
        {
            using var client = new TftpClient(SockAddr.Inet(address, site.Address.Port));
            Assert.Equal(3, client.Download("file").Length);
            Assert.Equal(address, $"{client.Transfer.Address}");
            Assert.NotEqual(site.Address.Port, client.Transfer.Port);
        }
    }

    [Fact]
    public void Request_to_broadcast_address_is_ignored()
    {
        using TftpSite site = TftpSite.At("0.0.0.0");
        site.Add("file", 3);
        using Fd caller = Loopback.Datagram();
        Setsockopt(caller, SocketOptions.Broadcast, true);
        byte[] request = [.. Request(1, "file", "octet").Select(letter => (byte)letter)];
        Sendto(caller, request, 0, SockAddr.Inet("127.255.255.255", site.Address.Port));
        using var client = new TftpClient(SockAddr.Loopback(AF_INET, site.Address.Port));
        client.Read("file").Receive();
        Assert.Equal(1, site.Transfers);
    }
}
