using System.Text;

namespace Unp.Samples.Tests.unixdomain;

/// <summary>Tests of the echo servers and clients (UNP 15.5 and 15.6).</summary>
public class UnixEchoTests : IDisposable
{
    readonly TempDirectory directory = new();

    string ServerPath => directory["server"];

    public void Dispose()
    {
        directory.Dispose();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public void Stream_client_gets_echo_and_end_of_child_is_printed()
    {
        using Peer serving = Start("unixstrserv01", out _);
        using Peer client = Start("unixstrcli01");
        Assert.Equal("one", client.Type("one\n").ReadLine());
        using (Peer second = Start("unixstrcli01"))
        {
            Assert.Equal(new Outcome(0, "of another\n", ""), second.Type("of another\n").Finish());
            Assert.Matches("^child [1-9][0-9]* terminated$", serving.ReadLine());
        }
        Assert.Equal(new Outcome(0, "two\n", ""), client.Type("two\n").Finish());
        Assert.Matches("^child [1-9][0-9]* terminated$", serving.ReadLine());
        Assert.Equal(new Outcome(0, "", ""), serving.Kill(SIGTERM).Finish());
    }

    [Fact]
    public void Stream_server_echoes_every_byte()
    {
        string everyByte = string.Concat(Enumerable.Range(0, 256).Select(value => (char)value));
        using Peer serving = Start("unixstrserv01", out SockAddr listening);
        using Wire client = Wire.Connect(listening);
        Assert.Equal(everyByte, client.Send(everyByte).EndSending().ReceiveToEnd());
    }

    [Theory]
    [InlineData("unixstrserv01")]
    [InlineData("unixstrserv02")]
    [InlineData("unixdgserv01")]
    [InlineData("peercred")]
    public void Server_takes_path_of_dead_server_but_not_of_live_one(string server)
    {
        using (Peer dead = Start(server, out _))
            Assert.Equal(128 + SIGKILL, dead.Kill(SIGKILL).WaitForExit());
        Assert.True(File.Exists(ServerPath));

        using Peer serving = Start(server, out _);
        using Peer late = Start(server);
        Assert.Equal(new Outcome(1, "", $"bind error: Address already in use ({ServerPath}, which a process has open)\n"), late.Finish());
        Assert.Equal(new Outcome(0, "", ""), serving.Kill(SIGTERM).Finish());
    }

    [Fact]
    public void Stream_client_distinguishes_missing_path_from_dead_server()
    {
        using Peer early = Start("unixstrcli01");
        Assert.Equal(new Outcome(1, "", $"connect error: No such file or directory ({ServerPath})\n"), early.Finish());
        using (UnixListen(ServerPath))
        {
            // The listener leaves its path behind.
        }
        using Peer late = Start("unixstrcli01");
        Assert.Equal(new Outcome(1, "", $"connect error: Connection refused ({ServerPath})\n"), late.Finish());
    }

    [Fact]
    public void Datagram_client_has_path_while_it_runs()
    {
        using Fd server = Loopback.Limited(Socket(AF_UNIX, SOCK_DGRAM));
        BindUnix(server, ServerPath);
        using Peer client = StartDatagramClient().Type("one\n");

        Span<byte> line = stackalloc byte[MAXLINE];
        int n = Recvfrom(server, line, 0, out SockAddr from);
        Assert.Equal("one\n", Encoding.ASCII.GetString(line[..n]));
        Assert.Equal(directory["temp"], Path.GetDirectoryName(from.Path));
        Assert.True(File.Exists(from.Path));
        Sendto(server, "an answer\n"u8, 0, from);
        Assert.Equal(new Outcome(0, "an answer\n", ""), client.Finish());
        Assert.False(File.Exists(from.Path));
    }

    [Fact]
    public void Datagram_server_answers_others_after_client_without_path()
    {
        using Peer serving = Start("unixdgserv01", out SockAddr listening);
        using Peer client = StartDatagramClient();
        Assert.Equal("one", client.Type("one\n").ReadLine());
        Assert.Equal(new Outcome(0, "two\nhalf", ""), client.Type("two\nhalf").Finish());

        using (Fd nameless = Socket(AF_UNIX, SOCK_DGRAM))
            Sendto(nameless, "who am I?"u8, 0, listening);
        Assert.StartsWith("sendto error: ", serving.ReadErrorLine(), StringComparison.Ordinal);
        using Peer next = StartDatagramClient();
        Assert.Equal(new Outcome(0, "still here", ""), next.Type("still here").Finish());
        Assert.Equal(new Outcome(0, "", ""), serving.Kill(SIGTERM).Finish());
    }

    Peer Start(string program) => UnpProcess.Start($"unixdomain/{program}", "--path", ServerPath);

    /// <summary>Starts a client with a short TMPDIR, because its own path must fit into a socket address.</summary>
    Peer StartDatagramClient()
    {
        string temp = Directory.CreateDirectory(directory["temp"]).FullName;
        return UnpProcess.StartWith(new Dictionary<string, string> { ["TMPDIR"] = temp }, "unixdgcli01", "--path", ServerPath);
    }

    Peer Start(string server, out SockAddr listening) =>
        UnpProcess.StartServer([$"unixdomain/{server}", "--path", ServerPath], out listening);
}
