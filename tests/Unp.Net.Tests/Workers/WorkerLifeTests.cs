using System.Diagnostics;

namespace Unp.Net.Tests.Workers;

/// <summary>Beginnings and ends of workers that do not depend on how they accept.</summary>
public sealed class WorkerLifeTests
{
    [Fact]
    public void One_that_dies_at_once_is_started_ever_more_seldom()
    {
        using var pool = new RunningPool(AcceptMode.Direct, workers: 1, program: "/bin/false");
        long begun = Stopwatch.GetTimestamp();
        Limit.Until(() => pool.Count(WorkerEventKind.Ended) == 4, "it was started four times");
        TimeSpan took = Stopwatch.GetElapsedTime(begun);
        Assert.InRange(took, TimeSpan.FromMilliseconds(690), TimeSpan.FromSeconds(10)); // 0.1 + 0.2 + 0.4 s
        Assert.All(pool.Events.Where(e => e.Kind == WorkerEventKind.Ended), e => Assert.Equal(1, e.Status!.Value.ExitStatus));
    }

    [Fact]
    public void A_deadline_ends_one_that_does_not_end()
    {
        using RunningPool pool = new RunningPool(AcceptMode.Direct, scenario: "worker that does not end", drainTimeout: TimeSpan.FromMilliseconds(100)).UntilReady(2);
        Assert.Equal(2, pool.Stop());
        Assert.Equal(2, pool.Events.Count(e => e.Status?.TermSignal == SIGKILL));
    }

    [Fact]
    public void SIGTERM_to_a_worker_ends_it_when_its_client_is_done_and_it_is_replaced()
    {
        using RunningPool pool = new RunningPool(AcceptMode.FileLock, workers: 1).UntilReady(1);
        using PoolClient client = pool.Connect().Echo();
        Kill(client.Process, SIGINT); // the terminal's signals are the pool's affair
        Kill(client.Process, SIGHUP);
        Kill(client.Process, SIGTERM);
        client.Echo("still there");
        client.Dispose();
        using PoolClient next = pool.ConnectToAnother(client).Echo();
        Assert.Equal("exit status 0", pool.Events.Single(e => e.Kind == WorkerEventKind.Ended).Status.ToString());
    }

    [Fact]
    public void It_gets_what_it_was_given_and_its_own_children_are_no_workers()
    {
        Pipe(out Fd read, out Fd write);
        using (read)
        using (write)
        {
            using RunningPool pool = new RunningPool(AcceptMode.Direct, workers: 1, scenario: "worker that tells what it was given", report: write).UntilReady(1);
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
    public void Workers_end_when_their_pool_is_killed(string mode)
    {
        using Peer program = ChildProcess.Start("pool", mode);
        SockAddr address = SockAddr.Parse(program.ReadLine()!);
        using PoolClient client = new PoolClient(address).Echo();
        int process = client.Process;
        program.Kill(SIGKILL);
        client.Echo("still there");
        client.Dispose();
        Limit.Until(() => Proc.State(process) is 'X' or 'Z', "the worker has ended");
        Limit.Until(() => Refuses(address), "nobody listens any more");
    }

    [Fact]
    public void A_program_reloads_on_SIGHUP_and_ends_on_SIGTERM()
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

    static bool Refuses(in SockAddr address)
    {
        using Fd fd = Socket(AF_INET, SOCK_STREAM);
        return connect(fd, address) < 0 && Errno.Last == Errno.ECONNREFUSED;
    }
}
