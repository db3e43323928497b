namespace Unp.Samples.Tests.tcpcliserv;

public class PipeServerTests
{
    const int MaxLine = 4096;

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("::1")]
    public void Line_is_echoed_once_complete(string address)
    {
        using Peer serving = Start(out SockAddr listening, address);
        using Wire other = Wire.Connect(listening);
        using Wire client = Wire.Connect(listening);
        Assert.Equal("one\ntwo\n", client.Send("one\ntwo\nthr").Receive(8));

        // The other client asks later, so an echo of the incomplete line would have arrived before this answer.
        Assert.Equal("\n\0\xff\n", other.Send("\n\0\xff\n").Receive(4));
        Assert.Equal("three\n", client.Send("ee\n").ReceiveOnce());
        Assert.Equal("end", client.Send("end").EndSending().ReceiveToEnd());
        Assert.Equal(new Outcome(0, "", ""), serving.Kill(SIGTERM).Finish());
    }

    [Fact]
    public void Endless_line_is_split()
    {
        using Peer serving = Start(out SockAddr listening);
        using Wire client = Wire.Connect(listening);
        string longest = new('x', MaxLine);
        Assert.Equal(longest, client.Send(longest + "rest").Receive(MaxLine));
        Assert.Equal("rest\n", client.Send("\n").ReceiveOnce());
    }

    [Fact]
    public void Reset_client_is_dropped_and_others_are_served()
    {
        using Peer serving = Start(out SockAddr listening);
        using Wire other = Wire.Connect(listening);
        Assert.Equal("x\n", other.Send("x\n").Receive(2));
        int before = Proc.Sockets(serving.Id);
        for (int i = 0; i < 20; i++)
        {
            Wire client = Wire.Connect(listening);
            client.Send(i % 2 == 0 ? "half a line" : new string('\n', 100_000));
            client.Reset();
        }
        Limit.Until(() => Proc.Sockets(serving.Id) == before, "the server has one client");
        Assert.Equal("y\n", other.Send("y\n").EndSending().ReceiveToEnd());
        Assert.Equal(new Outcome(0, "", ""), serving.Kill(SIGINT).Finish());
    }

    [Fact]
    public void Late_reader_delays_no_other_client_and_loses_no_byte()
    {
        using Peer serving = Start(out SockAddr listening);
        using Wire other = Wire.Connect(listening);
        using var late = new LateReader(listening);
        late.SendUntilNoRoom(other, "in between\n");
        late.ReceiveAllToEnd();
        Assert.Equal(new Outcome(0, "", ""), serving.Kill(SIGTERM).Finish());
    }

    static Peer Start(out SockAddr listening, string address = "127.0.0.1") =>
        UnpProcess.StartServer("tcpcliserv/tcpservpipe01", address, out listening);
}
