namespace Unp.Net.Tests.Processes;

/// <summary>Tests children whose status was collected by other code or dropped by the kernel.</summary>
public class LostStatusTests
{
    [Fact]
    public void Unknown_status_is_neither_exit_nor_signal()
    {
        WaitStatus unknown = WaitStatus.Unknown;
        Assert.True(unknown.IsUnknown);
        Assert.False(unknown.Exited || unknown.Signaled || unknown.Stopped || unknown.Continued || unknown.CoreDumped);
        Assert.Equal((127, "status unknown"), (unknown.ShellStatus, unknown.ToString()));
        var noStatus = Assert.Throws<InvalidOperationException>(() => unknown.ExitStatus);
        Assert.Equal("There is no exit status: status unknown.", noStatus.Message);
        Assert.Throws<InvalidOperationException>(() => unknown.TermSignal);
        Assert.NotEqual(unknown, default);
        Assert.False(default(WaitStatus).IsUnknown);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Taken_status_is_unknown_to_owner(bool hasPidfd)
    {
        using SpawnedProcess child = Children.Exit(3);
        Fd? pidfd = hasPidfd ? child.Pidfd : null;
        Assert.Equal(child.Id, Waitpid(child.Id, out WaitStatus taken));
        Assert.Equal(3, taken.ExitStatus);
        if (pidfd is not null)
            Loopback.WaitUntilReadable(pidfd);
        Assert.Equal(Errno.ESRCH, Assert.Throws<UnpException>(() => child.Kill(SIGTERM)).Errno);
        Assert.Equal(WaitStatus.Unknown, Limit.Run(child.Wait));
        Assert.True(child.TryWait(out WaitStatus status));
        Assert.Equal(WaitStatus.Unknown, status);
        Assert.Equal($"process {child.Id} (status unknown)", child.ToString());
    }

    /// <summary>The thread and the test wait for the same child, and either can be first.</summary>
    [Fact]
    public void Status_is_unknown_to_waiting_thread_only_if_it_was_taken()
    {
        for (int round = 0; round < 20; round++)
        {
            using SpawnedProcess child = Children.Cat(out Fd input);
            BlockedThread<WaitStatus> waiting = new BlockedThread<WaitStatus>(child.Wait).WaitUntilIn("waitid");
            input.Dispose();
            bool isTaken = TryTake(child.Id);
            Assert.Equal(isTaken ? "status unknown" : "exit status 0", waiting.Result.ToString());
        }
    }

    [Theory]
    [InlineData("nothing", "exit status 7")]
    [InlineData("orphan", "exit status 7")]
    [InlineData("process", "status unknown")]
    [InlineData("sigchld", "status unknown")]
    public void Process_1_learns_end_of_each_child(string before, string status) =>
        Assert.Equal(new Outcome(0, $"{status}\n{status}\n", ""), RunAsProcess1("lost statuses", before));

    /// <summary>The runtime and the pool compete for each status.</summary>
    [Fact]
    public void Pool_in_process_1_replaces_killed_worker()
    {
        Outcome outcome = RunAsProcess1("pool with lost statuses");
        Assert.Equal((0, ""), (outcome.Status, outcome.Error));
        Assert.Matches("^Ended (status unknown|Killed)\nEnded (status unknown|exit status 0)\nreturned 0\n$", outcome.Output);
    }

    static bool TryTake(int pid)
    {
        try
        {
            return Waitpid(pid, out _) == pid;
        }
        catch (UnpException e) when (e.Errno == Errno.ECHILD)
        {
            return false;
        }
    }

    static Outcome RunAsProcess1(params string[] scenario)
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "only root can make a process namespace");
        using Peer program = Peer.Start(
            "unshare", ["--fork", "--pid", "--mount-proc", "--kill-child", ChildProcess.Executable, .. scenario]);
        return program.Finish();
    }
}
