using System.Globalization;

namespace Unp.Net.Pipelines.Tests.Loop;

/// <summary>Tests which events end a program without <see cref="EventLoopOptions.OnException"/>, and which do not.</summary>
public class ProgramTests
{
    const int Aborted = 128 + 6;

    [Fact]
    public void Program_continues_after_orderly_stop()
    {
        using Peer program = ChildProcess.Start("loop", "stop");
        Assert.Equal(new Outcome(0, "drained: True\n", ""), program.Finish());
    }

    [Fact]
    public void Reset_of_client_ends_only_its_connection()
    {
        using Peer server = ChildProcess.Start("loop", "let a reset through");
        SockAddr address = SockAddr.Parse(server.ReadLine()!);
        for (int i = 0; i < 20; i++)
        {
            using Fd client = Client(address);
            Writen(client, "x"u8);
            if (i % 2 == 0)
                Assert.Equal(1, Readn(client, new byte[1]));
            Setsockopt(client, SocketOptions.Linger, TimeSpan.Zero);
        }
        using (Fd last = Client(address))
        {
            Writen(last, "x"u8);
            Assert.Equal(1, Readn(last, new byte[1]));
        }
        Assert.Equal(new Outcome(0, "ended by its input\n", ""), server.Finish());
    }

    [Fact]
    public void Fault_of_handler_ends_program()
    {
        using Peer server = ChildProcess.Start("loop", "fail");
        using Fd client = Client(SockAddr.Parse(server.ReadLine()!));
        EndsBy(server, "a fault of the server");
    }

    [Fact]
    public void Exception_of_OnRefused_ends_program_without_free_thread()
    {
        using Peer server = ChildProcess.Start("loop", "refuse with an exception");
        SockAddr address = SockAddr.Parse(server.ReadLine()!);
        string[] open = Directory.GetFileSystemEntries($"/proc/{server.Id}/fd");
        int highest = open.Max(entry => int.Parse(Path.GetFileName(entry), CultureInfo.InvariantCulture));
        DescriptorLimit.Set(server.Id, highest + 2);
        var clients = new List<Fd>();
        try
        {
            // Enough clients to use up the free numbers below the limit, too.
            for (int i = 0; i < highest + 10; i++)
                clients.Add(Client(address));
        }
        catch (UnpException)
        {
            // The program has ended.
        }
        EndsBy(server, "a fault of OnRefused");
        clients.ForEach(client => client.Dispose());
    }

    [Theory]
    [InlineData("async post", "a fault of posted work")]
    [InlineData("report after the end", "a fault after the end")]
    public void Fault_of_asynchronous_work_ends_program(string scenario, string message)
    {
        using Peer program = ChildProcess.Start("loop", scenario);
        EndsBy(program, message);
    }

    static void EndsBy(Peer program, string message)
    {
        Assert.Equal(Aborted, program.WaitForExit());
        Assert.Contains(message, program.ReadErrorToEnd(), StringComparison.Ordinal);
    }

    static Fd Client(in SockAddr address)
    {
        Fd client = Loopback.Limited(Socket(address.Family, SOCK_STREAM));
        Connect(client, address);
        return client;
    }
}
