using System.Diagnostics;

namespace Unp.Net.Tests.Workers;

/// <summary>Tests of the start and end of workers, mostly independent of the accept mode.</summary>
public sealed class WorkerLifeTests
{
    public static TheoryData<AcceptMode> Modes => WorkerPoolTests.Modes;

    [Fact]
    public void Restart_delay_doubles_for_worker_that_dies_at_once()
    {
        using var pool = new RunningPool(AcceptMode.Direct, workers: 1, program: "/bin/false");
        long begun = Stopwatch.GetTimestamp();
        Limit.Until(() => pool.Count(WorkerEventKind.Ended) == 4, "it has ended four times");
        TimeSpan took = Stopwatch.GetElapsedTime(begun);
        Assert.InRange(took, TimeSpan.FromMilliseconds(690), TimeSpan.FromSeconds(10)); // 0.1 + 0.2 + 0.4 s
        Assert.All(pool.Events.Where(e => e.Kind == WorkerEventKind.Ended), e => Assert.Equal(1, e.Status!.Value.ExitStatus));
    }

    [Fact]
    public void Worker_that_does_not_end_is_killed_after_DrainTimeout()
    {
        using RunningPool pool = new RunningPool(
            AcceptMode.Direct, scenario: "worker that does not end", drainTimeout: TimeSpan.FromMilliseconds(100)).UntilReady(2);
        Assert.Equal(2, pool.Stop());
        Assert.Equal(2, pool.Events.Count(e => e.Status?.TermSignal == SIGKILL));
    }

    [Fact]
    public void Worker_that_keeps_running_after_Dispose_is_replaced()
    {
        using var pool = new RunningPool(
            AcceptMode.Direct, workers: 1, scenario: "worker that falls silent", drainTimeout: TimeSpan.FromMilliseconds(100));
        Limit.Until(() => pool.Count(WorkerEventKind.Started) == 2, "another one was started");
        Assert.Equal(SIGKILL, pool.Events.First(e => e.Kind == WorkerEventKind.Ended).Status!.Value.TermSignal);
    }

    [Theory]
    [MemberData(nameof(Modes))]
    public void Waiting_worker_ends_on_SIGTERM_and_is_replaced(AcceptMode mode)
    {
        using RunningPool pool = new RunningPool(mode).UntilReady(2);
        foreach (int process in pool.Pool.ProcessIds.ToArray())
            Kill(process, SIGTERM); // with a lock, one worker waits for the other
        pool.UntilReady(4);
        Assert.Equal(2, pool.Count(WorkerEventKind.Draining));
        Assert.All(pool.Events.Where(e => e.Kind == WorkerEventKind.Ended), e => Assert.Equal("exit status 0", e.Status.ToString()));
        using PoolClient first = pool.Connect().Echo();
        using PoolClient second = pool.ConnectToAnother(first);
    }

    [Fact]
    public void Worker_that_waits_for_mutex_ends_on_SIGTERM()
    {
        using RunningPool pool = new RunningPool(AcceptMode.SharedMutex).UntilReady(2);
        int[] processes = [.. pool.Pool.ProcessIds];
        int holder = 0;
        Limit.Until(
            () => (holder = Array.Find(processes, process => Proc.ThreadsIn(process, "Unp.Testing.Chi", "accept4") == 1)) != 0,
            "a worker has the mutex");
        int waiting = processes.Single(process => process != holder);
        Kill(waiting, SIGTERM);
        Limit.Until(() => pool.Count(WorkerEventKind.Ended) == 1, "it has ended");
        Assert.Equal(waiting, pool.Events.Single(e => e.Kind == WorkerEventKind.Ended).ProcessId);
    }

    [Theory]
    [MemberData(nameof(Modes))]
    public void Accept_of_all_threads_ends_when_worker_is_disposed(AcceptMode mode)
    {
        using var pair = StreamPair.Unix(out Fd testEnd, out Fd workerEnd);
        using RunningPool pool = new RunningPool(
            mode, workers: 1, scenario: "worker that leaves while its threads accept", report: workerEnd).UntilReady(1);
        int process = pool.Pool.ProcessIds.Single();
        Limit.Until(() => Proc.ThreadsIn(process, "accepting", "accept4", "fcntl", "futex", "recvmsg") == 2, "both threads wait");
        Writen(testEnd, "x"u8);
        Limit.Until(() => pool.Count(WorkerEventKind.Ended) == 1, "it has ended");
        Assert.Equal("exit status 0", pool.Events.Single(e => e.Kind == WorkerEventKind.Ended).Status.ToString());
    }

    [Fact]
    public void Worker_ends_although_thread_blocks_signal()
    {
        using RunningPool pool = new RunningPool(AcceptMode.Direct, workers: 1, scenario: "worker that takes no signal").UntilReady(1);
        int process = pool.Pool.ProcessIds.Single();
        Limit.Until(() => Proc.ThreadsIn(process, "accepting", "accept4") == 1, "its thread waits");
        Assert.Equal(0, pool.Stop());
    }

    [Fact]
    public void Busy_worker_ends_after_client_on_SIGTERM_and_is_replaced()
    {
        using RunningPool pool = new RunningPool(AcceptMode.FileLock, workers: 1).UntilReady(1);
        using PoolClient client = pool.Connect().Echo();
        Kill(client.Process, SIGINT); // a worker ignores terminal signals
        Kill(client.Process, SIGHUP);
        Kill(client.Process, SIGTERM);
        client.Echo("still there");
        client.Dispose();
        using PoolClient next = pool.ConnectToAnother(client).Echo();
        Assert.Equal("exit status 0", pool.Events.Single(e => e.Kind == WorkerEventKind.Ended).Status.ToString());
    }

    [Fact]
    public void Worker_gets_descriptors_and_hides_them_from_children()
    {
        Pipe(out Fd read, out Fd write);
        using (read)
        using (write)
        {
            using RunningPool pool = new RunningPool(
                AcceptMode.Direct, workers: 1, scenario: "worker that tells what it was given", report: write).UntilReady(1);
            Assert.Equal(0, pool.Stop());
            byte[] line = new byte[MAXLINE];
            int n = Limit.Run(() => Readline(read, line));
            Assert.Equal("worker 0 of generation 1 sour no True\n", System.Text.Encoding.UTF8.GetString(line, 0, n));
        }
    }

    [Theory]
    [InlineData("Direct")]
    [InlineData("SharedMutex")]
    [InlineData("ReusePort")]
    public void Workers_end_when_pool_is_killed(string mode)
    {
        using Peer program = ChildProcess.Start("pool", mode);
        SockAddr address = SockAddr.Parse(program.ReadLine()!);
        using PoolClient client = new PoolClient(address).Echo();
        int process = client.Process;
        program.Kill(SIGKILL);
        client.Echo("still there");
        client.Dispose();
        Limit.Until(() => Proc.State(process) is 'X' or 'Z', "the worker has ended");
        Limit.Until(() => Refuses(address), "no process listens");
    }

    [Fact]
    public void Pool_reloads_on_SIGHUP_and_ends_on_SIGTERM()
    {
        using Peer program = ChildProcess.Start("pool", "SharedMutex");
        SockAddr address = SockAddr.Parse(program.ReadLine()!);
        using (PoolClient client = new PoolClient(address).Echo())
            Assert.Equal(1, client.Generation);
        program.Kill(SIGHUP);
        for (int ended = 0; ended < 2;)
        {
            if (program.ReadLine()!.StartsWith("Ended 1 ", StringComparison.Ordinal))
                ended++;
        }
        using (PoolClient client = new PoolClient(address).Echo())
            Assert.Equal(2, client.Generation);
        program.Kill(SIGTERM);
        Outcome outcome = program.Finish();
        Assert.EndsWith("returned 0\n", outcome.Output, StringComparison.Ordinal);
        Assert.Equal((0, ""), (outcome.Status, outcome.Error));
    }

    [Fact]
    public void Workers_are_started_with_dotnet_options_of_pool()
    {
        string[] command = ["dotnet", "--roll-forward", "LatestPatch", $"{ChildProcess.Executable}.dll", "pool", "Direct"];
        using Peer program = Peer.Start(command[0], command[1..]);
        Assert.NotNull(program.ReadLine()); // the address
        string[] started = program.ReadLine()!.Split(' ');
        Assert.Equal("Started", started[0]);

        // posix_spawn returns before the kernel has stored the arguments of the new program.
        string line = "";
        Limit.Until(() => (line = File.ReadAllText($"/proc/{started[2]}/cmdline")).Length > 0, "the worker has its command line");
        Assert.Equal(command, line.TrimEnd('\0').Split('\0'));
        program.Kill(SIGTERM);
        Assert.Equal(0, program.Finish().Status);
    }

    [Theory]
    [InlineData("dotnet", "exec", "--roll-forward", "LatestPatch", "Unp.Testing.Child.dll")]
    [InlineData("dotnet", "Unp.Testing.Child.dll")]
    [InlineData("./Unp.Testing.Child")]
    public void Arguments_replace_program_arguments_but_not_host_options(params string[] command)
    {
        using Peer program = StartInItsDirectory(command, "pool with arguments");
        Assert.Equal("worker some ", program.ReadLine());
        program.Kill(SIGTERM);
        Assert.Equal(new Outcome(0, "", ""), program.Finish());
    }

    [Theory]
    [InlineData("dotnet", "exec", "Unp.Testing.Child.dll")]
    [InlineData("./Unp.Testing.Child")]
    public void Pool_in_other_directory_starts_workers(params string[] command)
    {
        using Peer program = StartInItsDirectory(command, "pool in the root directory");
        using (PoolClient client = new PoolClient(SockAddr.Parse(program.ReadLine()!)).Echo())
            Assert.Equal(1, client.Generation);
        program.Kill(SIGTERM);
        Assert.Equal(0, program.Finish().Status);
    }

    static Peer StartInItsDirectory(string[] command, string scenario) =>
        Peer.Start("sh", ["-c", "cd \"$0\" && exec \"$@\"", AppContext.BaseDirectory, .. command, scenario]);

    [Fact]
    public void First_worker_not_ready_in_time_is_replaced_after_delay()
    {
        using var pool = new RunningPool(
            AcceptMode.Direct, workers: 1, scenario: "worker that is not ready", readyTimeout: TimeSpan.FromMilliseconds(1500));
        Limit.Until(() => pool.Count(WorkerEventKind.Started) == 2, "another one was started");
        Assert.Equal(
            [WorkerEventKind.Started, WorkerEventKind.NotReady, WorkerEventKind.Draining, WorkerEventKind.Ended],
            pool.Events.Take(4).Select(e => e.Kind));

        // The replacement is treated alike, after twice the delay.
        long begun = 0;
        Limit.Until(() => pool.Count(WorkerEventKind.Ended) == 2, "it has ended");
        begun = Stopwatch.GetTimestamp();
        Limit.Until(() => pool.Count(WorkerEventKind.Started) == 3, "a third one was started");
        Assert.InRange(Stopwatch.GetElapsedTime(begun), TimeSpan.FromMilliseconds(100), Limit.Default);
        Assert.Equal(2, pool.Count(WorkerEventKind.NotReady));
        Assert.Equal(0, pool.Stop());
    }

    [Fact]
    public void Worker_that_hangs_before_ready_is_killed()
    {
        using var pool = new RunningPool(
            AcceptMode.Direct, workers: 1, scenario: "worker that never asks",
            drainTimeout: TimeSpan.FromMilliseconds(100), readyTimeout: TimeSpan.FromMilliseconds(300));
        Limit.Until(() => pool.Count(WorkerEventKind.Ended) == 1, "it has ended");
        Assert.Equal(
            [WorkerEventKind.Started, WorkerEventKind.NotReady, WorkerEventKind.Draining, WorkerEventKind.Killed, WorkerEventKind.Ended],
            pool.Events.Take(5).Select(e => e.Kind));
    }

    static bool Refuses(in SockAddr address)
    {
        using Fd fd = Socket(AF_INET, SOCK_STREAM);
        return connect(fd, address) < 0 && Errno.Last == Errno.ECONNREFUSED;
    }
}
