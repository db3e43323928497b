using System.Text;

namespace Unp.Samples.Tests.web;

/// <summary>Tests of wwwd with hostile clients, and of its end.</summary>
public class WwwdEnduranceTests
{
    const string Request = "GET /0123 HTTP/1.1\r\nHost: x\r\n\r\n";

    [Fact]
    public void Client_sending_head_byte_by_byte_is_dropped()
    {
        using var site = WebSite.With("-t", "1");
        using Wire slow = Wire.Connect(site.Address);
        slow.Send("GET /");

        // A byte is sent each time that another client is served, so the slow client is neither idle nor complete.
        bool isDropped = false;
        Limit.Until(
            () =>
            {
                Assert.Equal(200, site.Ask("GET /0123").Code);
                try
                {
                    slow.Send("a");
                }
                catch (System.Net.Sockets.SocketException)
                {
                    isDropped = true;
                }
                return isDropped;
            },
            "the server drops the slow client");
    }

    [Fact]
    public void Client_that_does_not_read_is_dropped()
    {
        using var site = WebSite.With("-t", "1");
        using Wire wire = Wire.Connect(site.Address);
        wire.Send("GET /photo.jpeg HTTP/1.1\r\nHost: x\r\n\r\n");
        int descriptors = 0;
        Limit.Until(() => (descriptors = Descriptors(site, "photo.jpeg")) == 1, "the file is being sent");
        Limit.Until(() => Descriptors(site, "photo.jpeg") == 0, "the server drops the client");
        Assert.Equal(200, site.Ask("GET /0123").Code);
    }

    [Theory]
    [InlineData("exec sleep 1000")]
    [InlineData("echo Content-Type: text/plain; echo; exec sleep 1000")]
    [InlineData("sleep 1000 & echo $! > {0}; exit")]
    public void Silent_program_is_ended_with_its_children(string script)
    {
        using var site = WebSite.With("-t", "1");
        using var directory = new TempDirectory();
        site.AddProgram("silent", $"echo $$ > {directory["pid"]}\n{script.Replace("{0}", directory["pid"], StringComparison.Ordinal)}");
        using Wire wire = Wire.Connect(site.Address);
        wire.Send("GET /cgi-bin/silent HTTP/1.1\r\nHost: x\r\n\r\n").ReceiveToEnd();
        int pid = int.Parse(File.ReadAllText(directory["pid"]));
        Limit.Until(() => kill(pid, 0) < 0 || Proc.State(pid) == 'Z', "the program has ended");
        Assert.Equal(200, site.Ask("GET /0123").Code);
    }

    [Fact]
    public void Ten_thousand_idle_connections_are_held_while_others_served()
    {
        const int Wanted = 10_000;
        int count = Math.Min(Wanted, DescriptorLimit.Now - 300);
        Assert.SkipUnless(count >= 1000, $"a process may have {DescriptorLimit.Now} descriptors here, which is too few");
        using var site = new WebSite();
        var idle = new List<Fd>();
        try
        {
            while (idle.Count < count)
                idle.Add(Tcp_connect("127.0.0.1", $"{site.Address.Port}"));
            Assert.Equal("0123456789", site.Ask("GET /0123").Body);
            foreach (int index in (int[])[0, count / 2, count - 1])
            {
                byte[] answer = new byte[5000];
                Writen(idle[index], Encoding.ASCII.GetBytes(Request));
                Assert.StartsWith(
                    "HTTP/1.1 200", Encoding.ASCII.GetString(answer, 0, (int)Read(idle[index], answer)), StringComparison.Ordinal);
            }
        }
        finally
        {
            idle.ForEach(fd => fd.Dispose());
        }
    }

    [Fact]
    public void SIGTERM_completes_running_answers_and_closes_rest()
    {
        using var site = new WebSite();
        using Wire idle = Wire.Connect(site.Address);
        idle.Send(Request).Receive(10);
        using Wire busy = Wire.Connect(site.Address);
        busy.Send("GET /photo.jpeg HTTP/1.1\r\nHost: x\r\n\r\n");
        string begin = busy.Receive(1000);
        site.Server.Kill(SIGTERM);
        idle.ReceiveToEnd();
        string all = begin + busy.ReceiveToEnd();
        Assert.Equal(WebSite.Large, new Answer(all).Bytes);
        Assert.Equal(0, site.Server.WaitForExit());
    }

    [Fact]
    public void Options_of_all_servers_choose_address_and_port()
    {
        using Peer server = UnpProcess.StartServer("web/wwwd", "127.0.0.2", out SockAddr listening);
        Assert.Equal(SockAddr.Inet("127.0.0.2", listening.Port), listening);
        server.Kill(SIGTERM);
        Assert.Equal(0, server.WaitForExit());
    }

    [Fact]
    public void Invalid_directory_is_reported()
    {
        Outcome outcome = UnpProcess.Run("web/wwwd", "-d", "/nowhere", "-p", "0");
        Assert.Equal(new Outcome(1, "", "open error: No such file or directory (/nowhere)\n"), outcome);
    }

    /// <summary>The number of descriptors that the server has of a file.</summary>
    static int Descriptors(WebSite site, string name) =>
        Directory.GetFileSystemEntries($"/proc/{site.Server.Id}/fd").Count(
            entry => new FileInfo(entry).LinkTarget?.EndsWith(name, StringComparison.Ordinal) == true);
}
