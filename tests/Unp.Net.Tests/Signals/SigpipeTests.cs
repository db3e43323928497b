namespace Unp.Net.Tests.Signals;

/// <summary>Tests that writing to a closed peer is an error and does not end the program.</summary>
public class SigpipeTests
{
    [Theory]
    [InlineData("write to a dead peer")]
    [InlineData("write to a dead peer after handling SIGPIPE")]
    [InlineData("send to a dead peer where SIGPIPE kills")]
    public void Program_survives_and_sees_error(string scenario)
    {
        using Peer program = ChildProcess.Start(scenario);
        Assert.Equal("EPIPE\nEPIPE\n", program.ReadToEnd());
        Assert.Equal(0, program.WaitForExit());
    }

    [Fact]
    public void All_write_functions_return_EPIPE()
    {
        var (first, second) = Loopback.UnixPair();
        second.Dispose();
        using (first)
        {
            Assert.Equal($"write error: Broken pipe ({first})", Assert.Throws<UnpException>(() => Write(first, "x"u8)).Message);
            Assert.Equal($"writen error: Broken pipe ({first})", Assert.Throws<UnpException>(() => Writen(first, "x"u8)).Message);
            Assert.Equal($"send error: Broken pipe ({first})", Assert.Throws<UnpException>(() => Send(first, "x"u8)).Message);
            Assert.Equal(Errno.EPIPE, Assert.Throws<UnpException>(() => Sendto(first, "x"u8, 0, default)).Errno);
        }
    }

    [Fact]
    public void Handler_gets_SIGPIPE_and_writer_gets_error()
    {
        var got = new Caught();
        var (first, second) = Loopback.UnixPair();
        second.Dispose();
        using (first)
        using (Signal(SIGPIPE, got.Add))
        {
            Assert.Equal(Errno.EPIPE, Assert.Throws<UnpException>(() => Write(first, "x"u8)).Errno);
            Assert.Equal(SIGPIPE, got.Next());
        }
        using (Fd pipe = DeadPipe())
            Assert.Equal(Errno.EPIPE, Assert.Throws<UnpException>(() => Write(pipe, "x"u8)).Errno);
    }

    static Fd DeadPipe()
    {
        Pipe(out Fd read, out Fd write);
        read.Dispose();
        return write;
    }
}
