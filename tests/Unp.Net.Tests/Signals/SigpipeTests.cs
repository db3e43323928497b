namespace Unp.Net.Tests.Signals;

/// <summary>Writing to a peer that is gone: an error, and never the death of the program.</summary>
public class SigpipeTests
{
    [Theory]
    [InlineData("write to a dead peer")]
    [InlineData("write to a dead peer after handling SIGPIPE")]
    public void Program_lives_on_and_sees_the_error(string scenario)
    {
        using Peer program = ChildProcess.Start(scenario);
        Assert.Equal("EPIPE\nEPIPE\n", program.ReadToEnd());
        Assert.Equal(0, program.WaitForExit());
    }

    [Fact]
    public void Every_way_to_write_says_so()
    {
        var (first, second) = Loopback.UnixPair();
        second.Dispose();
        using (first)
        {
            Assert.Equal("write error: Broken pipe", Assert.Throws<UnpException>(() => Write(first, "x"u8)).Message);
            Assert.Equal("writen error: Broken pipe", Assert.Throws<UnpException>(() => Writen(first, "x"u8)).Message);
            Assert.Equal("send error: Broken pipe", Assert.Throws<UnpException>(() => Send(first, "x"u8)).Message);
            Assert.Equal(Errno.EPIPE, Assert.Throws<UnpException>(() => Sendto(first, "x"u8, 0, default)).Errno);
        }
    }

    [Fact]
    public void Who_handles_the_signal_sees_it_and_the_error()
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

    [Fact]
    public void Send_raises_no_signal_even_for_who_handles_it()
    {
        var got = new Caught();
        var (first, second) = Loopback.UnixPair();
        second.Dispose();
        using (first)
        using (Signal(SIGPIPE, got.Add))
        {
            Assert.Equal(Errno.EPIPE, Assert.Throws<UnpException>(() => Send(first, "x"u8)).Errno);

            // When a second of our own has come, there was none before them.
            for (int i = 0; i < 2; i++)
            {
                Assert.Equal(0, kill(getpid(), SIGPIPE));
                Assert.Equal(SIGPIPE, got.Next());
            }
            Assert.True(got.IsEmpty);
        }
    }

    static Fd DeadPipe()
    {
        Pipe(out Fd read, out Fd write);
        read.Dispose();
        return write;
    }
}
