using System.Diagnostics;
using Unp.Net.Tests.Processes;

namespace Unp.Net.Tests.Workers;

/// <summary>Tests of a pool in each accept mode.</summary>
public sealed class WorkerPoolTests : IDisposable
{
    readonly int[] childrenBefore = Children.All();

    public static TheoryData<AcceptMode> Modes => new(Enum.GetValues<AcceptMode>());

    /// <summary>Checks that the test has left no zombie.</summary>
    public void Dispose() => Limit.Until(() => !Children.All().Except(childrenBefore).Any(), "no child is left");

    [Theory]
    [MemberData(nameof(Modes))]
    public void Silent_client_does_not_block_other_worker(AcceptMode mode)
    {
        using RunningPool pool = new RunningPool(mode).UntilReady(2);
        Assert.Equal(2, pool.Pool.ProcessIds.Count);
        using PoolClient silent = pool.Connect();
        using PoolClient other = pool.ConnectToAnother(silent);
        Assert.Equal((1, 1, 1), (silent.Index + other.Index, silent.Generation, other.Generation));
        Assert.Equal(pool.Pool.ProcessIds.Order(), ((int[])[silent.Process, other.Process]).Order());
        other.Echo();
        other.Dispose();
        for (int i = 0; i < 10; i++)
        {
            using PoolClient next = pool.ConnectToAnother(silent);
            Assert.Equal(other.Process, next.Echo().Process);
        }
        silent.Dispose();
        Assert.Equal(0, pool.Stop());
        Assert.Empty(pool.Pool.ProcessIds);
    }

    [Theory]
    [MemberData(nameof(Modes))]
    public void Killed_worker_is_replaced_without_long_delay(AcceptMode mode)
    {
        using RunningPool pool = new RunningPool(mode).UntilReady(2);
        using PoolClient witness = pool.Connect().Echo();
        int sockets = Proc.Sockets(getpid());
        for (int round = 0; round < 2; round++)
        {
            long killed = Stopwatch.GetTimestamp();
            using PoolClient next = pool.ConnectToAnother(witness);
            next.Kill();
            using PoolClient after = pool.ConnectToAnother(witness, next);
            // The pool waits 0.1 s. The rest is the start of a process, which takes longer on a loaded machine.
            Assert.InRange(Stopwatch.GetElapsedTime(killed), TimeSpan.Zero, TimeSpan.FromSeconds(5));
            Assert.Equal(next.Index, after.Echo().Index);
            witness.Echo();
        }
        Assert.Equal(sockets, Proc.Sockets(getpid()));
        Assert.Equal(2, pool.Events.Count(e => e.Status?.TermSignal == SIGKILL));
    }

    [Theory]
    [MemberData(nameof(Modes))]
    public void Killed_waiting_worker_leaves_no_lock(AcceptMode mode)
    {
        using RunningPool pool = new RunningPool(mode, workers: 3).UntilReady(3);
        foreach (int process in pool.Pool.ProcessIds)
            Kill(process, SIGKILL);
        pool.UntilReady(6);
        using PoolClient first = pool.Connect();
        using PoolClient second = pool.ConnectToAnother(first);
        using PoolClient third = pool.ConnectToAnother(first, second);
        Assert.Equal(3, first.Index + second.Index + third.Index);
    }

    [Theory]
    [MemberData(nameof(Modes))]
    public void Client_waiting_at_dead_worker_is_served_by_next_one(AcceptMode mode)
    {
        using RunningPool pool = new RunningPool(mode, workers: 1).UntilReady(1);
        using PoolClient served = pool.Connect().Echo();
        using PoolClient waiting = pool.Connect();
        Assert.False(waiting.TryGreet());
        served.Kill();
        Assert.NotEqual(served.Process, waiting.Echo().Process);
    }

    [Theory]
    [MemberData(nameof(Modes))]
    public void Stop_serves_open_connection_and_refuses_new_clients(AcceptMode mode)
    {
        using RunningPool pool = new RunningPool(mode, workers: 3).UntilReady(3);
        using PoolClient client = pool.Connect().Echo();
        pool.Pool.Stop();
        Limit.Until(() => pool.Count(WorkerEventKind.Ended) == 2, "the idle workers have ended");
        client.Echo("still there");
        client.Dispose();
        Assert.Equal(0, pool.Stop());
        Assert.Equal(Errno.ECONNREFUSED, Assert.Throws<UnpException>(pool.Connect).Errno);
        Assert.Equal(3, pool.Events.Count(e => e is { Kind: WorkerEventKind.Ended, Status.Exited: true, Status.ExitStatus: 0 }));
    }

    [Fact]
    public void Threads_of_worker_accept_concurrently_and_all_end()
    {
        foreach (AcceptMode mode in Enum.GetValues<AcceptMode>())
        {
            using RunningPool pool = new RunningPool(mode, workers: 1, scenario: "worker with threads").UntilReady(1);
            using (PoolClient first = pool.Connect().Echo())
            using (PoolClient second = pool.Connect().Echo())
                Assert.Equal(first.Process, second.Process);
            Assert.Equal(0, pool.Stop());
        }
    }

    [Theory]
    [MemberData(nameof(Modes))]
    public void Listener_is_closed_after_last_thread_has_left_accept(AcceptMode mode)
    {
        using RunningPool pool = new RunningPool(mode, workers: 1, scenario: "worker in haste").UntilReady(1);
        using var done = new CancellationTokenSource();
        Task clients = Task.Factory.StartNew(
            () =>
            {
                while (!done.IsCancellationRequested)
                    pool.Connect().Dispose();
            },
            TaskCreationOptions.LongRunning);
        for (int generation = 1; generation <= 5; generation++)
        {
            pool.Pool.Reload();
            Limit.Until(() => pool.Count(WorkerEventKind.Ended) == generation, "the old one has ended");
        }
        done.Cancel();
        clients.Within();
        Assert.All(pool.Events.Where(e => e.Kind == WorkerEventKind.Ended), e => Assert.Equal("exit status 0", e.Status.ToString()));
    }
}
