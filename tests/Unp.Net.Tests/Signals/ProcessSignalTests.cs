using System.Globalization;

namespace Unp.Net.Tests.Signals;

/// <summary>Where a signal to the whole process goes, which docs/porting.md tells.</summary>
public class ProcessSignalTests
{
    [Fact]
    public void One_thread_that_blocks_it_does_not_keep_it_from_ending_the_process()
    {
        using Peer program = ChildProcess.Start("wait for a signal", "thread", Text(SIGUSR1));
        Assert.Equal("ready", program.ReadLine());
        program.Kill(SIGUSR1);
        Assert.Equal(128 + SIGUSR1, program.WaitForExit());
    }

    [Fact]
    public void Process_that_is_started_with_the_signal_blocked_has_it_blocked_in_all_threads_and_reads_it()
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
    public void Handler_that_writes_to_an_eventfd_brings_it_into_a_poller()
    {
        using Fd events = Eventfd(0, EFD_NONBLOCK);
        using IDisposable registration = Signal(SIGUSR1, _ => Eventfd_write(events));
        using Poller poller = Poller.Create();
        poller.Add(events, PollEvents.Readable);
        for (int i = 0; i < 5; i++)
        {
            Assert.Equal(0, kill(getpid(), SIGUSR1));
            Limit.Until(() => poller.Wait(new PollEvent[1], Limit.Default) == 1, "the signal is told"); // which it may have interrupted
            Assert.Equal(1ul, Eventfd_read(events));
        }
    }

    static string Text(int signo) => signo.ToString(CultureInfo.InvariantCulture);
}
