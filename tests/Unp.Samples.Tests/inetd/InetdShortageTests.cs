using Unp.Samples.Tests.udpcliserv;

namespace Unp.Samples.Tests.inetd;

/// <summary>Tests of inetd without free descriptors, with injected system-call errors, and with lost exit statuses.</summary>
public class InetdShortageTests
{
    const int Room = 6;

    [Fact]
    public void Service_waits_without_spinning_for_free_descriptor()
    {
        using var inetd = new InetdProcess("127.0.0.1:0 stream tcp nowait.0 root internal echo\n", "-R", "0");
        SockAddr echo = inetd.Next();
        using (Wire first = Wire.Connect(echo))
            Assert.Equal("x", first.Send("x").Receive(1));
        Wire[] clients = Flood(inetd, echo);
        try
        {
            Assert.Matches("^.*:1: 127.0.0.1:0/tcp: accept error: Too many open files; retrying every 0.1 s$", inetd.ReadErrorLine());
            TimeSpan before = Proc.ProcessorTime(inetd.Id);
            Thread.Sleep(1000); // the period of the measurement
            Assert.InRange((Proc.ProcessorTime(inetd.Id) - before).TotalSeconds, 0, 0.3);

            // Each client is served after an earlier one has left.
            foreach (Wire client in clients)
            {
                Assert.Equal("still", client.Send("still").Receive(5));
                client.Dispose();
            }
        }
        finally
        {
            foreach (Wire client in clients)
                client.Dispose();
        }
        Assert.Equal(new Outcome(0, "", ""), inetd.Stop());
    }

    [Fact]
    public void Clients_wait_for_program_while_no_descriptor_is_free()
    {
        using var inetd = new InetdProcess($"127.0.0.1:0 stream tcp nowait.0 {Environment.UserName} /bin/cat cat\n", "-R", "0");
        SockAddr cat = inetd.Next();
        Assert.Equal("x", Echo(cat));
        Limit.Until(() => inetd.Children.Length == 0, "the first program gone");
        Wire[] clients = Flood(inetd, cat);
        foreach (Wire client in clients)
        {
            using (client)
                Assert.Equal("x", client.Send("x").Receive(1));
        }
        Limit.Until(() => inetd.Children.Length == 0, "no child, and no zombie, left");
        Assert.Equal("x", Echo(cat));
        Assert.Equal(0, inetd.Stop().Status);
    }

    [Fact]
    public void Programs_are_reaped_without_pidfd()
    {
        using var directory = new TempDirectory();
        File.WriteAllText(directory["conf"], $"127.0.0.1:0 stream tcp nowait.0 {Environment.UserName} /bin/cat cat\n");
        using Peer inetd = Traced.Start(
            directory["log"], ["trace=pidfd_open,waitid,wait4", "inject=pidfd_open:error=EMFILE"], "inetd/inetd", "-d", directory["conf"]);
        SockAddr cat = UnpProcess.Listening(inetd);
        using (Wire first = Wire.Connect(cat))
        {
            Assert.Equal("x", Echo(cat));
            Assert.Equal("y", first.Send("y").Receive(1));
        }
        Limit.Until(() => Reaped() == 2, "both programs are reaped");
        Assert.Equal(new Outcome(0, "", ""), inetd.Kill(SIGTERM).Finish());

        int Reaped() => File.ReadAllLines(directory["log"])
            .Count(line => line.Contains("wait4(", StringComparison.Ordinal) && line.Contains("WIFEXITED", StringComparison.Ordinal));
    }

    [Fact]
    public void Client_without_room_in_poller_is_only_one_lost()
    {
        using var directory = new TempDirectory();
        File.WriteAllText(directory["conf"], "127.0.0.1:0 stream tcp nowait.0 root internal echo\n");

        // The first two calls add the poller's own descriptor and the service.
        using Peer inetd = Traced.Start(
            directory["log"], ["trace=epoll_ctl", "inject=epoll_ctl:error=ENOSPC:when=3"], "inetd/inetd", "-d", directory["conf"]);
        SockAddr echo = UnpProcess.Listening(inetd);
        using (Wire lost = Wire.Connect(echo))
            Assert.Equal("", lost.ReceiveToEnd());
        Assert.Matches("epoll_ctl error: No space left on device .*; closing a client$", inetd.ReadErrorLine());
        using (Wire next = Wire.Connect(echo))
            Assert.Equal("x", next.Send("x").Receive(1));
        Assert.Equal(new Outcome(0, "", ""), inetd.Kill(SIGTERM).Finish());
    }

    /// <summary>The services have known ports so that nothing is printed, because the runtime's console would handle SIGCHLD.</summary>
    [Fact]
    public void Services_continue_with_inherited_ignored_SIGCHLD()
    {
        using var directory = new TempDirectory();
        string user = Environment.UserName;
        SockAddr echo = Loopback.FreePort("127.0.78.1"), datagrams = SockAddr.Inet("127.0.78.2", echo.Port);
        File.WriteAllText(directory["conf"], $"""
            {echo} stream tcp nowait.0 {user} /bin/echo echo hi
            {datagrams} dgram udp wait.0 {user} /bin/sh sh -c 'dd bs=100 count=1 2>/dev/null >>{directory["out"]}'

            """);
        using Peer inetd = Peer.Start("env", "--ignore-signal=CHLD", UnpProcess.Executable, "inetd/inetd", "-d", directory["conf"]);
        using var client = new UdpWire();
        foreach (string datagram in (string[])["first ", "second ", "third "])
        {
            using (Wire wire = ActivationTests.ConnectWhenReady(echo))
                Assert.Equal("hi\n", wire.ReceiveToEnd());
            client.SendTo(datagrams, datagram);
            Limit.Until(
                () => File.Exists(directory["out"]) && File.ReadAllText(directory["out"]).EndsWith(datagram, StringComparison.Ordinal),
                datagram);
        }
        Assert.Equal(new Outcome(0, "", ""), inetd.Kill(SIGTERM).Finish());
    }

    /// <summary>Connects more clients than the server has free descriptors.</summary>
    static Wire[] Flood(InetdProcess inetd, SockAddr service)
    {
        DescriptorLimit.Leave(inetd.Id, Room);
        return [.. Enumerable.Range(0, 4 * Room).Select(_ => Wire.Connect(service))];
    }

    static string Echo(SockAddr service)
    {
        using Wire client = Wire.Connect(service);
        return client.Send("x").Receive(1);
    }
}
