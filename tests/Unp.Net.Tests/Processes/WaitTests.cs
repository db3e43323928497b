using System.Diagnostics;

namespace Unp.Net.Tests.Processes;

/// <summary>Tests how the end of a child is reported, and that no zombie is left.</summary>
public class WaitTests
{
    [Fact]
    public void Every_exit_status_arrives()
    {
        for (int status = 0; status <= 255; status++)
        {
            using SpawnedProcess child = Children.Exit(status);
            WaitStatus end = Limit.Run(child.Wait);
            Assert.Equal((true, status, status, $"exit status {status}"), (end.Exited, end.ExitStatus, end.ShellStatus, end.ToString()));
            Assert.Equal($"process {child.Id} (exit status {status})", child.ToString());
        }
    }

    [Theory]
    [InlineData(SIGKILL, "Killed")]
    [InlineData(SIGTERM, "Terminated")]
    [InlineData(SIGHUP, "Hangup")]
    [InlineData(SIGSEGV, "Segmentation fault")]
    public void Terminating_signal_is_reported_by_name(int signo, string name)
    {
        using SpawnedProcess child = Children.Cat(out Fd input);
        using (input)
            child.Kill(signo);
        WaitStatus end = Limit.Run(child.Wait);
        Assert.Equal((true, signo, 128 + signo, false, false), (end.Signaled, end.TermSignal, end.ShellStatus, end.Exited, end.Stopped));
        Assert.StartsWith(name, end.ToString());
        Assert.Throws<InvalidOperationException>(() => end.ExitStatus);
    }

    [Fact]
    public void Stop_and_continue_are_reported_on_request()
    {
        using SpawnedProcess child = Children.Cat(out Fd input);
        using (input)
        {
            child.Kill(SIGSTOP);
            Assert.Equal(child.Id, Waitpid(child.Id, out WaitStatus stopped, WUNTRACED));
            Assert.Equal(
                (true, SIGSTOP, 128 + SIGSTOP, "Stopped (signal)"),
                (stopped.Stopped, stopped.StopSignal, stopped.ShellStatus, stopped.ToString()));
            Assert.False(child.TryWait(out _));
            child.Kill(SIGCONT);
            Assert.Equal(child.Id, Waitpid(child.Id, out WaitStatus continued, WCONTINUED));
            Assert.Equal(
                (true, false, "Continued", 0),
                (continued.Continued, continued.Stopped, continued.ToString(), continued.ShellStatus));
        }
        Assert.Equal(0, Limit.Run(child.Wait).ExitStatus);
    }

    [Fact]
    public void Waitpid_takes_each_child_once()
    {
        Assert.Equal(Errno.ECHILD, Assert.Throws<UnpException>(() => Waitpid(1, out _)).Errno);
        using SpawnedProcess child = Children.Cat(out Fd input);
        using (input)
            Assert.Equal((0, default), (Waitpid(child.Id, out WaitStatus none, WNOHANG), none));
        Assert.Equal(child.Id, Limit.Run(() => Waitpid(child.Id, out WaitStatus end) is var id && end.ExitStatus == 0 ? id : -1));
        var failure = Assert.Throws<UnpException>(() => Waitpid(child.Id, out _));
        Assert.Equal($"waitpid error: No child processes ({child.Id})", failure.Message);

        // The SpawnedProcess notices that other code has collected the status.
        Assert.Equal(WaitStatus.Unknown, child.Wait());
        Assert.Equal(Errno.ESRCH, Assert.Throws<UnpException>(() => child.Kill(SIGTERM)).Errno);
    }

    [Fact]
    public void Wait_takes_any_child()
    {
        HashSet<int> started = [];
        for (int child = 0; child < 3; child++)
            started.Add(Children.Exit(child).Id);
        HashSet<int> ended =
            [.. Enumerable.Range(0, 3).Select(_ => Limit.Run(() => Wait(out WaitStatus end) is var id && end.Exited ? id : -1))];
        Assert.Equal(started, ended);
        Assert.Equal(Errno.ECHILD, Assert.Throws<UnpException>(() => Wait(out _)).Errno);
    }

    [Fact]
    public void Status_can_be_read_repeatedly_by_several_threads()
    {
        using SpawnedProcess child = Children.Cat(out Fd input);
        Assert.False(child.TryWait(out _));
        Task<WaitStatus>[] waits =
            [.. Enumerable.Range(0, 4).Select(_ => Task.Factory.StartNew(child.Wait, TaskCreationOptions.LongRunning))];
        input.Dispose();
        Assert.All(waits, wait => Assert.Equal("exit status 0", wait.Within().ToString()));
        Assert.True(child.TryWait(out WaitStatus again));
        Assert.Equal(again, child.Wait());
        Assert.True(again == child.Wait());
        Assert.Equal(Errno.ESRCH, Assert.Throws<UnpException>(() => child.Kill(SIGKILL)).Errno);
        Assert.Equal(Errno.ESRCH, Assert.Throws<UnpException>(() => child.Pidfd).Errno);
    }

    [Fact]
    public void Zombie_can_be_signalled_until_it_is_waited_for()
    {
        using SpawnedProcess child = Children.Exit(3);
        Children.UntilZombie(child.Id);
        child.Kill(0);
        Kill(child.Id, 0);
        Assert.Equal(3, child.Wait().ExitStatus);
        Assert.Equal(Errno.ESRCH, Assert.Throws<UnpException>(() => child.Kill(0)).Errno);
    }

    [Fact]
    public void Group_can_be_signalled_until_leader_is_waited_for()
    {
        Pipe(out Fd read, out Fd write);
        using (read)
        {
            // The rest of the group, a cat without input, keeps the pipe open.
            SpawnedProcess leader;
            using (write)
            {
                var options = new SpawnOptions { ProcessGroup = 0, Descriptors = { [0] = read, [1] = write } };
                leader = Spawn("/bin/sh", ["-c", "exec 3<&0; cat <&3 &"], options);
            }
            using (leader)
            {
                Children.UntilZombie(leader.Id);
                leader.Killpg(0);
                leader.Killpg(SIGKILL);
                Assert.Equal(0, Limit.Run(() => Read(read, new byte[1])));
                leader.Wait();
                Assert.Equal(Errno.ESRCH, Assert.Throws<UnpException>(() => leader.Killpg(SIGKILL)).Errno);
            }
        }

        using SpawnedProcess member = Children.Cat(out Fd input);
        using (input)
            Assert.Equal(Errno.ESRCH, Assert.Throws<UnpException>(() => member.Killpg(SIGKILL)).Errno);
    }

    [Fact]
    public void Two_hundred_children_leave_no_zombies()
    {
        int[] before = Children.All();
        for (int round = 0; round < 200; round++)
        {
            SpawnedProcess child = Children.Exit(0);
            if (round % 4 == 0)
                Assert.Equal(0, Limit.Run(child.Wait).ExitStatus);
            if (round % 4 == 1)
                Children.UntilZombie(child.Id);
            if (round % 4 == 2)
                Assert.NotNull(child.Pidfd);
            child.Dispose();
            child.Dispose();
        }
        Limit.Until(() => Children.All().SequenceEqual(before), "no child is left");
    }

    [Fact]
    public void Dispose_does_not_end_child()
    {
        int[] before = Children.All();
        SpawnedProcess child = Children.Cat(out Fd input);
        child.Dispose();
        Kill(child.Id, 0);
        Assert.Throws<ObjectDisposedException>(() => child.Wait());
        Assert.Throws<ObjectDisposedException>(() => child.Kill(SIGTERM));
        Assert.Throws<ObjectDisposedException>(() => child.Pidfd);
        Assert.Throws<ObjectDisposedException>(() => child.TryWait(out _));
        Assert.Contains(child.Id, Children.All());
        input.Dispose();
        Limit.Until(() => Children.All().SequenceEqual(before), "the child was waited for");
    }

    [Fact]
    public void Own_and_BCL_processes_do_not_interfere()
    {
        using SpawnedProcess ended = Children.Exit(7);
        Children.UntilZombie(ended.Id);
        SpawnedProcess forgotten = Children.Cat(out Fd input);
        forgotten.Dispose();
        for (int round = 0; round < 20; round++)
        {
            using SpawnedProcess ours = Children.Exit(round);
            using Process theirs = Process.Start(new ProcessStartInfo("/bin/sh", ["-c", $"exit {100 + round}"]))!;
            Assert.True(theirs.WaitForExit(Limit.Default));
            Assert.Equal(100 + round, theirs.ExitCode);
            if (round == 10)
                input.Dispose();
            Assert.Equal(round, Limit.Run(ours.Wait).ExitStatus);
        }
        Assert.Equal(7, ended.Wait().ExitStatus);
        Limit.Until(() => !Children.All().Contains(forgotten.Id), "the forgotten one was waited for");
    }

    [Fact]
    public void Child_ends_with_status_or_unknown_where_SIGCHLD_was_ignored()
    {
        string child = System.IO.Path.Combine(AppContext.BaseDirectory, "Unp.Testing.Child");
        using Peer program = Peer.Start("env", "--ignore-signal=CHLD", child, "spawn where SIGCHLD is ignored");
        Assert.Equal("started", program.ReadLine());
        program.EndInput();
        Assert.Contains(program.ReadToEnd(), (string[])["exit status 0\nESRCH\n", "status unknown\nESRCH\n"]);
        Assert.Equal(0, program.WaitForExit());
    }

    [Fact]
    public void Errors_of_kill_name_process_and_signal()
    {
        Assert.Equal("kill error: Invalid argument (process 0, signal 999)", Assert.Throws<UnpException>(() => Kill(0, 999)).Message);
        using SpawnedProcess child = Children.Exit(0);
        Limit.Run(child.Wait);
        Assert.Equal(Errno.ESRCH, Assert.Throws<UnpException>(() => Kill(child.Id, 0)).Errno);
    }
}
