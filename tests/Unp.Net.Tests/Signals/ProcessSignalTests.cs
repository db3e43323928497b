using System.Globalization;

namespace Unp.Net.Tests.Signals;

/// <summary>Tests which thread receives a signal to the whole process, as docs/porting.md describes.</summary>
public class ProcessSignalTests
{
    [Fact]
    public void Signal_blocked_by_one_thread_still_ends_process()
    {
        using Peer program = ChildProcess.Start("wait for a signal", "thread", Text(SIGUSR1));
        Assert.Equal("ready", program.ReadLine());
        program.Kill(SIGUSR1);
        Assert.Equal(128 + SIGUSR1, program.WaitForExit());
    }

    [Fact]
    public void Signal_blocked_at_start_is_blocked_in_all_threads()
    {
        using Peer program = Limit.Run(() =>
        {
            Sigprocmask(SIG_BLOCK, SigSet.Of(SIGUSR1));
            return ChildProcess.Start("wait for a signal", "process", Text(SIGUSR1));
        });
        Assert.Equal("ready", program.ReadLine());
        for (int i = 0; i < 20; i++)
        {
            program.Kill(SIGUSR1);
            Assert.Equal($"took {SIGUSR1}", program.ReadLine());
        }
        program.EndInput();
        Assert.Equal(0, program.WaitForExit());
    }

    [Fact]
    public void Handler_can_forward_signal_to_poller_by_eventfd()
    {
        using Fd events = Eventfd(0, EFD_NONBLOCK);
        using IDisposable registration = Signal(SIGUSR1, _ => Eventfd_write(events));
        using Poller poller = Poller.Create();
        poller.Add(events, PollEvents.Readable);
        for (int i = 0; i < 5; i++)
        {
            Assert.Equal(0, kill(getpid(), SIGUSR1));
            // The signal may interrupt the wait first.
            Limit.Until(() => poller.Wait(new PollEvent[1], Limit.Default) == 1, "the signal is reported");
            Assert.Equal(1ul, Eventfd_read(events));
        }
    }

    static string Text(int signo) => signo.ToString(CultureInfo.InvariantCulture);
}
