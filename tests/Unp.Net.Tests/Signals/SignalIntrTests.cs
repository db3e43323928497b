namespace Unp.Net.Tests.Signals;

/// <summary>Tests handlers that interrupt system calls, and the wait that changes the mask in one step.</summary>
public class SignalIntrTests
{
    [Fact]
    public void Interrupting_handler_ends_call_with_EINTR()
    {
        using Fd server = Loopback.Datagram();
        var got = new Caught();
        using IDisposable registration = Signal_intr(SIGUSR1, got.Add);
        BlockedThread<Errno> call = Receive(server);
        call.WaitUntilIn("recvfrom").Kill(SIGUSR1);
        Assert.Equal(Errno.EINTR, call.Result);
        Assert.Equal(SIGUSR1, got.Next());
    }

    [Fact]
    public void Calls_restart_again_after_interrupting_handler_is_disposed()
    {
        using Fd server = Socket(AF_INET, SOCK_DGRAM); // Linux never restarts a call on a socket with SO_RCVTIMEO
        var got = new Caught();
        using IDisposable restarting = Signal(SIGUSR1, got.Add);
        using (Signal_intr(SIGUSR1, got.Add))
        {
        }
        BlockedThread<Errno> call = Receive(server);
        call.WaitUntilIn("recvfrom").Kill(SIGUSR1);
        Assert.Equal(SIGUSR1, got.Next());
        call.WaitUntilIn("recvfrom");

        // A second interrupting handler on top of the first one.
        using IDisposable interrupting = Signal_intr(SIGUSR1, got.Add);
        call.Kill(SIGUSR1);
        Assert.Equal(Errno.EINTR, call.Result);
        Assert.Equal(SIGUSR1, got.Next());
    }

    [Fact]
    public void Functions_of_Libunp_repeat_interrupted_call()
    {
        using Fd server = Loopback.Datagram();
        var got = new Caught();
        using IDisposable registration = Signal_intr(SIGUSR1, got.Add);
        var call = new BlockedThread<int>(() => Recvfrom(server, new byte[10], 0, out _));
        call.WaitUntilIn("recvfrom").Kill(SIGUSR1);
        Assert.Equal(SIGUSR1, got.Next());
        call.WaitUntilIn("recvfrom");
        Sendto(server, "answer"u8, 0, Getsockname(server));
        Assert.Equal(6, call.Result);
    }

    [Fact]
    public void Unknown_signal_is_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => Signal_intr(SIGKILL, _ => { }));
        Assert.Throws<ArgumentNullException>(() => Signal_intr(SIGUSR1, null!));
    }

    [Fact]
    public void Sigsuspend_ends_at_pending_signal_and_restores_mask()
    {
        var got = new Caught();
        using IDisposable registration = Signal(SIGUSR1, got.Add);
        SigSet after = Limit.Run(() =>
        {
            Sigprocmask(SIG_BLOCK, SigSet.Of(SIGUSR1), out SigSet before);
            try
            {
                Assert.Equal(0, tgkill(getpid(), gettid(), SIGUSR1));
                Assert.True(Sigpending().Contains(SIGUSR1));
                Assert.True(got.IsEmpty);
                while (Sigpending().Contains(SIGUSR1))
                    Sigsuspend(before);
                return Sigprocmask();
            }
            finally
            {
                Sigprocmask(SIG_SETMASK, before);
            }
        });
        Assert.Equal(SIGUSR1, got.Next());
        Assert.True(after.Contains(SIGUSR1));
    }

    static BlockedThread<Errno> Receive(Fd fd) => new(() => recvfrom(fd, new byte[10], 0, out _) < 0 ? Errno.Last : default);
}
