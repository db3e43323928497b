using System.Globalization;
using System.Text.RegularExpressions;

namespace Unp.Samples.Tests.unixdomain;

/// <summary>Tests of the server that accepts connections in one process and serves them in others.</summary>
public class FdServerTests
{
    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("::1")]
    public void Killed_worker_loses_only_its_connections_and_is_replaced(string address)
    {
        using Peer serving = UnpProcess.StartServer("unixdomain/fdserver", address, out SockAddr listening);
        using var clients = new Clients(serving, listening);
        int[] workers = [Started(serving), Started(serving)];
        clients.ConnectUntilServedBy(workers[0]);
        clients.ConnectUntilServedBy(workers[1]);

        Kill(workers[0], SIGKILL);
        Assert.Equal($"worker {workers[0]} terminated: Killed", serving.ReadLine());
        int third = Started(serving);
        Assert.All(clients.Of(workers[0]), client => Assert.Equal("", client.ReceiveToEnd()));
        Assert.All(clients.Of(workers[1]), client => Assert.Equal("still here", client.Send("still here").Receive(10)));

        clients.ConnectUntilServedBy(third);
        Assert.Equal(new Outcome(0, "", ""), serving.Kill(SIGTERM).Finish());
        Assert.All(clients.Of(workers[1]).Concat(clients.Of(third)), client => Assert.Equal("", client.ReceiveToEnd()));
        Limit.Until(() => !Proc.IsUnp(workers[1]) && !Proc.IsUnp(third), "workers gone");
    }

    [Fact]
    public void Killed_server_leaves_no_worker_behind()
    {
        using Peer serving = UnpProcess.StartServer("unixdomain/fdserver", "127.0.0.1", out SockAddr listening, "3");
        using var clients = new Clients(serving, listening);
        int[] workers = [Started(serving), Started(serving), Started(serving)];
        clients.ConnectUntilServedBy(workers[2]);
        serving.Kill(SIGKILL);
        Assert.All(clients.Of(workers[2]), client => Assert.Equal("", client.ReceiveToEnd()));
        Limit.Until(() => !workers.Any(Proc.IsUnp), "workers gone");
    }

    [Fact]
    public void Server_keeps_no_passed_descriptor_open()
    {
        using Peer serving = UnpProcess.StartServer("unixdomain/fdserver", "127.0.0.1", out SockAddr listening, "1");
        int worker = Started(serving);
        using var clients = new Clients(serving, listening);
        clients.Connect();
        int before = Proc.Sockets(serving.Id);
        for (int i = 0; i < 100; i++)
            clients.Connect();
        Assert.Equal(101, clients.Of(worker).Count());
        Limit.Until(() => Proc.Sockets(serving.Id) <= before, "the server's sockets closed");
        Assert.InRange(Proc.Sockets(worker), 101, int.MaxValue);

        clients.EndAll();
        Limit.Until(() => Proc.Sockets(worker) < 101, "the worker's sockets closed");
    }

    [Fact]
    public void Reset_ends_only_its_own_connection()
    {
        using Peer serving = UnpProcess.StartServer("unixdomain/fdserver", "127.0.0.1", out SockAddr listening, "1");
        int worker = Started(serving);
        using var clients = new Clients(serving, listening);
        clients.Connect();
        clients.Connect();
        clients.Of(worker).First().Reset();
        Assert.Equal("still here", clients.Of(worker).Last().Send("still here").EndSending().ReceiveToEnd());
    }

    [Fact]
    public void Connection_reset_before_worker_took_it_is_closed()
    {
        using var pair = StreamPair.Unix(out Fd server, out Fd workersEnd);
        using Fd nowhere = Open("/dev/null", O_WRONLY);
        using Fd listenfd = Loopback.Listener();
        using SpawnedProcess worker = Spawn(
            UnpProcess.Executable, ["fdworker", "3"], new() { Descriptors = { [1] = nowhere, [3] = workersEnd } });
        using Wire first = Passed();
        Assert.Equal("first", first.Send("first").Receive(5));
        int before = Proc.Sockets(worker.Id);

        for (int i = 0; i < 10; i++)
        {
            Wire gone = Wire.Connect(Getsockname(listenfd));
            using Fd connfd = Accept(listenfd);
            gone.Reset();
            Write_fd(server, [0], connfd);
        }

        // The worker takes the connections in order.
        using Wire last = Passed();
        Assert.Equal("last", last.Send("last").Receive(4));
        Assert.Equal(before + 1, Proc.Sockets(worker.Id));
        server.Dispose();
        Assert.Equal(0, Limit.Run(worker.Wait).ExitStatus);

        Wire Passed()
        {
            Wire client = Wire.Connect(Getsockname(listenfd));
            using Fd connfd = Accept(listenfd);
            Write_fd(server, [0], connfd);
            return client;
        }
    }

    [Fact]
    public void Worker_without_socket_reports_error() =>
        Assert.Equal(new Outcome(1, "", "read_fd error: Bad file descriptor\n"), UnpProcess.Run("fdworker", "999"));

    static int Started(Peer serving) => Number(serving.ReadLine(), "^worker ([0-9]+) started$");

    static int Number(string? line, string pattern)
    {
        Match match = Regex.Match(line ?? "", pattern);
        Assert.True(match.Success, $"'{line}' is not {pattern}");
        return int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture);
    }

    /// <summary>The connections to the server, and the worker of each.</summary>
    sealed class Clients(Peer serving, SockAddr listening) : IDisposable
    {
        readonly List<(Wire Client, int Worker)> all = [];

        public void Connect()
        {
            Wire client = Wire.Connect(listening);
            int worker = Number(serving.ReadLine(), $"^worker ([0-9]+) serves {Regex.Escape($"{client.Local}")}$");
            all.Add((client, worker));
            Assert.Equal("hello", client.Send("hello").Receive(5));
        }

        /// <summary>Any idle worker takes a connection, so the expected one may need several attempts.</summary>
        public void ConnectUntilServedBy(int worker) => Limit.Until(
            () =>
            {
                if (!Of(worker).Any())
                    Connect();
                return Of(worker).Any();
            },
            $"a client of worker {worker}");

        public IEnumerable<Wire> Of(int worker) => all.Where(one => one.Worker == worker).Select(one => one.Client);

        public void EndAll() => all.ForEach(one => one.Client.Dispose());

        public void Dispose() => EndAll();
    }
}
