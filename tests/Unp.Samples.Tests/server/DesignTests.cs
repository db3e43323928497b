using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Unp.Samples.Tests.server;

/// <summary>Tests of the server designs of chapter 30 and their client.</summary>
public partial class DesignTests
{
    internal const int Several = 3;

    /// <summary>The accept modes of serv13, which are those of serv02 to serv05 and serv10 with a pool of workers.</summary>
    static readonly string[] Pools =
    [
        "server/serv13 --accept direct", "server/serv13 --accept file-lock", "server/serv13 --accept mutex",
        "server/serv13 --accept passing", "server/serv13 --accept reuse-port",
    ];

    public static TheoryData<string> Servers =>
        new((
            from program in Catalog.Programs
            where program.Folder == "server" && program.Name.StartsWith("serv", StringComparison.Ordinal)
            select program.Path).Concat(Pools));

    [Theory]
    [MemberData(nameof(Servers))]
    public void Silent_client_blocks_no_other_and_SIGINT_prints_times(string program)
    {
        using Peer serving = Start(program, out SockAddr listening);
        Wire? silent = IsHeldUpByOne(program) ? null : Wire.Connect(listening);
        Outcome clients = UnpProcess.Run("server/client", "127.0.0.1", $"{listening.Port}", "3", "4", "4000");
        Assert.Equal((0, ""), (clients.Status, clients.Error));
        Assert.Equal(["child 0 done", "child 1 done", "child 2 done"], clients.Output.TrimEnd('\n').Split('\n').Order());
        silent?.Dispose();

        Outcome outcome = serving.Kill(SIGINT).Finish();
        Assert.Equal((0, ""), (outcome.Status, outcome.Error));
        Match printed = Printed().Match(outcome.Output);
        Assert.True(printed.Success, outcome.Output);
        Assert.True(Seconds(printed.Groups["user"]) + Seconds(printed.Groups["sys"]) > 0); // one of them may be 0 after little work
        bool isMetered = Regex.IsMatch(program, "serv(02m|03m|05|07|08|09|10|13)( |$)");
        Assert.Equal(isMetered ? Several : 0, printed.Groups["count"].Captures.Count);
        if (isMetered)
            Assert.InRange(printed.Groups["count"].Captures.Sum(count => int.Parse(count.Value, CultureInfo.InvariantCulture)), 12, 13);
        Assert.All(Started().Matches(outcome.Output).Where(line => line.Groups["what"].Value == "child"), line =>
            Limit.Until(() => !Proc.IsUnp(int.Parse(line.Groups["number"].Value, CultureInfo.InvariantCulture)), "the children are gone"));
    }

    [Theory]
    [InlineData("server/serv00")]
    [InlineData("server/serv02")]
    [InlineData("server/serv05")]
    [InlineData("server/serv06")]
    [InlineData("server/serv11")]
    [InlineData("server/serv12")]
    [InlineData("server/serv13")]
    public void Blanks_before_number_are_skipped(string program)
    {
        using Peer serving = Start(program, out SockAddr listening);
        using Wire client = Wire.Connect(listening);
        foreach (string request in (string[])["5\n", " 5\n", "\t5\r\n", " \v\f\r+5\n", "005 x\n", "5.9\n"])
            Assert.Equal("\0\0\0\0\0", client.Send(request).Receive(5));
    }

    [Theory]
    [InlineData("server/serv00")]
    [InlineData("server/serv02")]
    [InlineData("server/serv05")]
    [InlineData("server/serv06")]
    [InlineData("server/serv11")]
    [InlineData("server/serv12")]
    [InlineData("server/serv13")]
    public void Invalid_request_ends_only_its_own_client(string program)
    {
        using Peer serving = Start(program, out SockAddr listening);
        foreach (string request in (string[])["nonsense\n", "0\n", "-5\n", "16385\n", "99999999999999999999\n"])
        {
            using Wire client = Wire.Connect(listening);
            Assert.Equal("", client.Send(request).ReceiveToEnd());
            Assert.StartsWith("client request for ", serving.ReadErrorLine(), StringComparison.Ordinal);
        }
        using Wire last = Wire.Connect(listening);
        Assert.Equal(16384, last.Send("16384\n").Receive(16384).Length);
    }

    [Theory]
    [InlineData("server/serv07")]
    [InlineData("server/serv11")]
    [InlineData("server/serv12")]
    public void Requests_may_be_split_or_combined(string program)
    {
        using Peer serving = Start(program, out SockAddr listening);
        using Wire client = Wire.Connect(listening);
        Assert.Equal(3, client.Send("3\n40").Receive(3).Length);
        Assert.Equal(4000 + 7, client.Send("00\n7\n").Receive(4000 + 7).Length);
        Assert.Equal("", client.EndSending().ReceiveToEnd());
    }

    [Theory]
    [InlineData("server/serv11")]
    [InlineData("server/serv12")]
    public void Slow_reader_blocks_no_other_client_and_receives_everything(string program)
    {
        const int Requests = 600; // 9.8 MB, more than the kernel's buffers hold
        using Peer serving = Start(program, out SockAddr listening);
        using Wire slow = Wire.Connect(listening);
        slow.Send(string.Concat(Enumerable.Repeat("16384\n", Requests)));
        using Wire quick = Wire.Connect(listening);
        for (int i = 0; i < 10; i++)
            Assert.Equal(100, quick.Send("100\n").Receive(100).Length);
        Assert.Equal(Requests * 16384, slow.EndSending().ReceiveBytes(Requests * 16384).Length);
        Assert.Equal("", slow.ReceiveToEnd());
    }

    [Theory]
    [InlineData("server/serv02")]
    [InlineData("server/serv05")]
    [InlineData("server/serv06")]
    [InlineData("server/serv12")]
    [InlineData("server/serv13")]
    public void Connections_reset_immediately_are_skipped(string program)
    {
        using Peer serving = Start(program, out SockAddr listening);
        Outcome clients = UnpProcess.Run("server/clientrst", "127.0.0.1", $"{listening.Port}", "3", "9", "100");
        Assert.Equal((0, ""), (clients.Status, clients.Error));
        using Wire last = Wire.Connect(listening);
        Assert.Equal(100, last.Send("100\n").Receive(100).Length);
    }

    [Theory]
    [InlineData("server/serv13 --accept file-lock")]
    [InlineData("server/serv13 --accept passing")]
    public void Killed_child_is_reported_and_replaced_at_once(string program)
    {
        using Peer serving = Start(program, out SockAddr listening);
        int[] children = [.. Enumerable.Range(0, Several).Select(_ => Child(serving))];
        using Wire busy = Wire.Connect(listening);
        Assert.Equal(10, busy.Send("10\n").Receive(10).Length);
        serving.WaitUntilAsleep(); // a pool that passes connections closes its copy after the client is served
        int sockets = Proc.Sockets(serving.Id);
        long killed = Stopwatch.GetTimestamp();
        Assert.Equal(0, kill(children[0], SIGKILL));
        Assert.Contains($"(process {children[0]}, generation 1) has ended: Killed", serving.ReadErrorLine(), StringComparison.Ordinal);
        Assert.DoesNotContain(Child(serving), children);
        Assert.InRange(Stopwatch.GetElapsedTime(killed), TimeSpan.Zero, TimeSpan.FromSeconds(5)); // a loaded machine is slow
        Outcome clients = UnpProcess.Run("server/client", "127.0.0.1", $"{listening.Port}", "2", "4", "100");
        Assert.Equal(0, clients.Status);
        Limit.Until(() => Proc.Sockets(serving.Id) == sockets, $"the server has {sockets} sockets as before");
        Assert.Equal(0, serving.Kill(SIGTERM).Finish().Status);
    }

    [Fact]
    public void Client_sends_book_request_and_counts_received_bytes()
    {
        using var server = new Wire.Listener();
        using Peer client = UnpProcess.Start("server/client", "127.0.0.1", server.Port, "1", "2", "4000");
        using (Wire first = server.Accept())
        {
            Assert.Equal("4000\n", first.Receive(5));
            Assert.Equal("", first.Send(new byte[4000]).ReceiveToEnd()); // the client closes first
        }
        using (Wire second = server.Accept())
            second.Send(new byte[3999]).EndSending();
        Assert.Equal(new Outcome(1, "", "server returned 3999 bytes\n1 of 1 children have failed\n"), client.Finish());
    }

    [Theory]
    [InlineData("server/serv00", "usage: serv00 [ <host> ] <port#>")]
    [InlineData("server/serv02", "usage: serv02 [ <host> ] <port#> <#children>", "7000")]
    [InlineData("server/serv04", "usage: serv04 [ <host> ] <port#> <#children>", "7000", "0")]
    [InlineData("server/serv08", "usage: serv08 [ <host> ] <port#> <#threads>")]
    [InlineData("server/serv13", "usage: serv13 [ <host> ] <port#> <#children>", "7000")]
    [InlineData(
        "server/client", "usage: client <hostname or IPaddr> <port> <#children> <#loops/child> <#bytes/request>", "1", "2", "3", "4")]
    public void Wrong_arguments_print_usage(string program, string usage, params string[] arguments) =>
        Assert.Equal(new Outcome(1, "", usage + "\n"), UnpProcess.Run([program, .. arguments]));

    /// <summary>Whether one client blocks others: the server is iterative, or the kernel also assigns clients to busy workers.</summary>
    static bool IsHeldUpByOne(string program) =>
        program is "server/serv00" or "server/serv10" or "server/serv13 --accept reuse-port";

    internal static Peer Start(string program, out SockAddr listening)
    {
        string[] words = program.Split(' ');
        bool hasNumber = Catalog.Named(words[0]).Single().Usage.Contains("<#", StringComparison.Ordinal);
        return UnpProcess.StartServer(
            [.. words, "127.0.0.1", "0", .. hasNumber ? [$"{Several}"] : Array.Empty<string>()], out listening);
    }

    internal static int Child(Peer serving)
    {
        Match line = Started().Match(serving.ReadLine() + "\n");
        Assert.True(line.Success);
        return int.Parse(line.Groups["number"].Value, CultureInfo.InvariantCulture);
    }

    static double Seconds(Group printed) => double.Parse(printed.Value, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^(?<what>child|thread) (?<number>\d+) starting\n", RegexOptions.Multiline | RegexOptions.ExplicitCapture)]
    private static partial Regex Started();

    [GeneratedRegex(
        @"\A((child|thread) \d+ starting\n)*\nuser time = (?<user>[\d.e+-]+), sys time = (?<sys>[\d.e+-]+)\n"
            + @"((child|thread) \d+, (?<count>\d+) connections\n)*\z",
        RegexOptions.ExplicitCapture)]
    private static partial Regex Printed();
}
