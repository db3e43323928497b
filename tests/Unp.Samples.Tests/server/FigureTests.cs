namespace Unp.Samples.Tests.server;

/// <summary>Tests of the lessons that the figures of chapter 30 teach, including those that they teach by failing.</summary>
public class FigureTests
{
    /// <summary>The servers that serve as many clients at a time as they have children or threads.</summary>
    public static TheoryData<string> Prestarted =>
    [
        "server/serv02", "server/serv02l", "server/serv02m", "server/serv03", "server/serv03m", "server/serv04", "server/serv05",
        "server/serv07", "server/serv08", "server/serv09", "server/serv13",
    ];

    /// <summary>The servers whose children end at once with their parent. The workers of serv13 first finish their clients.</summary>
    public static TheoryData<string> Preforked =>
    [
        "server/serv02", "server/serv02l", "server/serv02m", "server/serv03", "server/serv03m", "server/serv04", "server/serv05",
        "server/serv10",
    ];

    [Theory]
    [MemberData(nameof(Prestarted))]
    public void Client_waits_until_child_or_thread_is_free(string program)
    {
        using Peer serving = DesignTests.Start(program, out SockAddr listening);
        Wire[] busy = [.. Enumerable.Range(0, DesignTests.Several).Select(_ => Served(listening))];
        using Wire waiting = Wire.Connect(listening);
        Assert.Equal("", waiting.Send("5\n").ReceiveWithin(TimeSpan.FromMilliseconds(100)));
        busy[1].Dispose();
        Assert.Equal(5, waiting.Receive(5).Length);
        Array.ForEach(busy, client => client.Dispose());
    }

    [Theory]
    [InlineData("server/serv02")]
    [InlineData("server/serv02m")]
    [InlineData("server/serv03")]
    [InlineData("server/serv03m")]
    [InlineData("server/serv04")]
    public void Dead_children_are_not_replaced_but_release_their_lock(string program)
    {
        using Peer serving = DesignTests.Start(program, out SockAddr listening);
        List<int> children = Children(serving);
        while (children.Count > 1)
        {
            int accepting = 0; // the owner of the lock, if there is one
            Limit.Until(
                () => (accepting = children.Find(child => Proc.ThreadsIn(child, "unp", "accept4") == 1)) != 0, "a child waits in accept");
            Assert.Equal(0, kill(accepting, SIGKILL));
            AssertEnds(accepting);
            children.Remove(accepting);
        }

        Wire first = Served(listening);
        using Wire second = Wire.Connect(listening);
        Assert.Equal("", second.Send("5\n").ReceiveWithin(TimeSpan.FromMilliseconds(100)));
        first.Dispose();
        Assert.Equal(5, second.Receive(5).Length);
    }

    [Fact]
    public void Death_of_child_ends_server_that_passes_descriptors()
    {
        using Peer serving = DesignTests.Start("server/serv05", out SockAddr listening);
        List<int> children = Children(serving);
        using Wire client = Served(listening);
        Assert.Equal(0, kill(children[0], SIGKILL));
        Assert.Matches("^child [0-2] terminated unexpectedly$", serving.ReadErrorLine()!);
        Assert.Equal(1, serving.WaitForExit());
        Assert.All(children, AssertEnds);
    }

    [Theory]
    [MemberData(nameof(Preforked))]
    public void Children_end_with_killed_parent(string program)
    {
        using Peer serving = DesignTests.Start(program, out SockAddr listening);
        List<int> children = Children(serving);
        using Wire client = Served(listening);
        serving.Kill(SIGKILL).WaitForExit();
        Assert.All(children, AssertEnds);
    }

    [Theory]
    [MemberData(nameof(Preforked))]
    public void Interrupt_of_whole_process_group_ends_server_in_order(string program)
    {
        string[] command = ["-w", UnpProcess.Executable, program, "127.0.0.1", "0", "3"];
        using Peer serving = Peer.Start("setsid", command); // leads a group of its own, like a job of a terminal
        SockAddr listening = UnpProcess.Listening(serving);
        List<int> children = Children(serving);
        using (Wire client = Served(listening))
            Assert.Equal(0, kill(-serving.Id, SIGINT));
        Outcome outcome = serving.Finish();
        Assert.Equal((0, ""), (outcome.Status, outcome.Error));
        Assert.StartsWith("\nuser time = ", outcome.Output, StringComparison.Ordinal);
        Assert.All(children, AssertEnds);
    }

    [Fact]
    public void More_clients_than_queue_holds_are_served()
    {
        using Peer serving = DesignTests.Start("server/serv08", out SockAddr listening);
        Wire[] busy = [.. Enumerable.Range(0, DesignTests.Several).Select(_ => Served(listening))];
        Wire[] waiting = [.. Enumerable.Range(0, 40).Select(_ => Wire.Connect(listening).Send("5\n"))];
        Assert.Equal("", waiting[0].ReceiveWithin(TimeSpan.FromMilliseconds(100)));
        Array.ForEach(busy, client => client.Dispose());
        foreach (Wire client in waiting)
        {
            Assert.Equal(5, client.Receive(5).Length);
            client.Dispose();
        }
    }

    [Fact]
    public void Cached_thread_serves_next_client()
    {
        using Peer serving = DesignTests.Start("server/serv06c", out SockAddr listening);
        for (int i = 0; i < 5; i++)
        {
            Served(listening).Dispose();
            Limit.Until(() => Proc.ThreadsIn(serving.Id, "unp", "read") > 0, "the thread waits for the next client");
            Assert.Equal(1, Proc.ThreadsIn(serving.Id, "unp", "read"));
        }
    }

    [Fact]
    public void Pool_refuses_unknown_way_to_accept() => Assert.Equal(
        new Outcome(1, "", "--accept fork: choose direct, file-lock, mutex, passing or reuse-port\n\n"),
        UnpProcess.Run("server/serv13", "--accept", "fork", "0", "2"));

    static List<int> Children(Peer serving) => [.. Enumerable.Range(0, DesignTests.Several).Select(_ => DesignTests.Child(serving))];

    /// <summary>Connects a client that a child or thread is serving.</summary>
    static Wire Served(SockAddr listening)
    {
        Wire client = Wire.Connect(listening);
        Assert.Equal(10, client.Send("10\n").Receive(10).Length);
        return client;
    }

    static void AssertEnds(int process) => Limit.Until(() => !Proc.IsUnp(process), $"child {process} has ended");
}
