using System.Text.RegularExpressions;

namespace Unp.Samples.Tests.route;

/// <summary>The listing of sockets prints the lines of ss(8), in a network namespace that only the test changes.</summary>
public sealed class SsTests : IDisposable
{
    readonly NetworkNamespace host = new();
    readonly TempDirectory directory = new();
    readonly List<Fd> sockets = [];

    public void Dispose()
    {
        directory.Dispose();
        host.Dispose();
    }

    Fd Open(int family, int type, int protocol = 0)
    {
        Fd fd = host.Socket(family, type, protocol);
        sockets.Add(fd);
        return fd;
    }

    /// <summary>
    /// Runs a program inside and returns its lines without the header, sorted. Runs of blanks count as one, because ss pads its columns.
    /// </summary>
    string[] Lines(params string[] command)
    {
        var withoutSocketOfRuntime = new Dictionary<string, string> { ["DOTNET_EnableDiagnostics"] = "0" };
        using Peer program = Peer.Start("nsenter", withoutSocketOfRuntime, [$"--net={host.Path}", .. command]);
        Outcome outcome = program.Finish();
        Assert.Equal((0, ""), (outcome.Status, outcome.Error));
        string[] lines = outcome.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        return [.. lines.Skip(1).Select(line => Regex.Replace(line, @"\s+", " ").Trim()).Order(StringComparer.Ordinal)];
    }

    [Fact]
    public void Lines_are_those_of_ss()
    {
        Peer.Require("ss");
        OpenSockets(() =>
        {
            string[] options = ["-tan", "-tn", "-tln", "-ta", "-uan", "-xan", "-xln", "-tuan", "-tan4", "-tan6", "-tuxan"];
            Assert.All(options, letters =>
            {
                string[] expected = Lines("ss", letters);
                Assert.NotEmpty(expected);
                Assert.Equal(expected, Lines(UnpProcess.Executable, "route/ss", letters));
            });
        });
    }

    [Fact]
    public void Statistics_and_owner_are_shown_on_request()
    {
        string[] lines = [];
        OpenSockets(() => lines = Lines(UnpProcess.Executable, "route/ss", "-tnei", "-4"));
        Assert.Contains(
            lines, line => Regex.IsMatch(line, @"^ESTAB 5 0 127\.0\.0\.1:\d+ 127\.0\.0\.1:\d+( uid:\d+)? ino:\d+ sk:[0-9a-f]+$"));
        Assert.Contains(lines, line => Regex.IsMatch(line, @"^\S+ rto:[\d.]+ rtt:[\d.]+/[\d.]+ mss:\d+ .* bytes_received:1234 retrans:0$"));
    }

    [Fact]
    public void Wrong_letter_prints_usage()
    {
        Outcome outcome = UnpProcess.Run("route/ss", "-tz");
        Assert.Equal((1, "usage: ss [-tuwx] [-a | -l] [-46] [-n] [-e] [-i]\n"), (outcome.Status, outcome.Error));
    }

    /// <summary>Opens sockets of each kind and state, takes a look, and closes them.</summary>
    void OpenSockets(Action look)
    {
        try
        {
            OpenSockets();
            look();
        }
        finally
        {
            sockets.ForEach(socket => socket.Dispose());
        }
    }

    void OpenSockets()
    {
        foreach (int family in (int[])[AF_INET, AF_INET6])
        {
            Fd listener = Open(family, SOCK_STREAM);
            Bind(listener, SockAddr.Any(family));
            Listen(listener, 10);
            SockAddr address = SockAddr.Loopback(family, Getsockname(listener).Port);
            Fd client = Open(family, SOCK_STREAM);
            Connect(client, address);
            Fd server = Accept(listener);
            sockets.Add(server);
            Writen(server, new byte[1234]);
            Readn(client, new byte[1234]);
            Writen(client, new byte[5]);

            Fd closing = Open(family, SOCK_STREAM);
            Connect(closing, address);
            sockets.Add(Accept(listener));
            Shutdown(closing, SHUT_WR);
            Connect(Open(family, SOCK_STREAM), address); // waits for accept
            foreach (Fd sender in (Fd[])[client, server, closing])
                Limit.Until(() => Getsockopt(sender, SocketOptions.TcpInfo).Unacked == 0, "everything is acknowledged");

            Fd bound = Open(family, SOCK_DGRAM);
            Bind(bound, SockAddr.Any(family));
            Fd connected = Open(family, SOCK_DGRAM);
            Connect(connected, SockAddr.Loopback(family, Getsockname(bound).Port));
            Writen(connected, new byte[9]);
        }
        Fd only = Open(AF_INET6, SOCK_STREAM);
        Setsockopt(only, SocketOptions.Ipv6V6Only, true);
        Setsockopt(only, SocketOptions.BindToDevice, "lo");
        Bind(only, SockAddr.Any(AF_INET6));
        Listen(only, 3);

        Fd path = Open(AF_UNIX, SOCK_STREAM);
        Bind(path, SockAddr.Unix(directory["path"]));
        Listen(path, 4);
        Fd peer = Open(AF_UNIX, SOCK_STREAM);
        Connect(peer, SockAddr.Unix(directory["path"]));
        sockets.Add(Accept(path));
        Writen(peer, new byte[3]);
        Bind(Open(AF_UNIX, SOCK_SEQPACKET), SockAddr.UnixAbstract("abstract name"));
        Bind(Open(AF_UNIX, SOCK_DGRAM), SockAddr.Unix(directory["datagrams"]));
    }
}
