namespace Unp.Net.Tests.Workers;

public sealed class ReloadTests : IDisposable
{
    readonly TempDirectory directory = new();

    public static TheoryData<AcceptMode> Modes => WorkerPoolTests.Modes;

    public void Dispose() => directory.Dispose();

    [Theory]
    [MemberData(nameof(Modes))]
    public void Reload_under_load_refuses_no_client(AcceptMode mode)
    {
        using RunningPool pool = new RunningPool(mode).UntilReady(2);
        using PoolClient old = pool.Connect().Echo();
        using var done = new CancellationTokenSource();
        Task<int>[] clients = [.. Enumerable.Range(0, 3).Select(_ => Task.Factory.StartNew(
            () =>
            {
                int served = 0;
                while (!done.IsCancellationRequested)
                {
                    using PoolClient client = pool.Connect();
                    if (client.TryGreet()) // false if the client waits at the worker that serves the old client
                    {
                        client.Echo();
                        served++;
                    }
                }
                return served;
            },
            TaskCreationOptions.LongRunning))];
        for (int generation = 2; generation <= 3; generation++)
        {
            pool.Pool.Reload();
            Limit.Until(
                () => pool.Events.Any(e => e.Kind == WorkerEventKind.Draining && e.Generation == generation - 1),
                "the old workers were asked to end");
        }
        Limit.Until(() => pool.Count(WorkerEventKind.Ended) == 3, "all idle old workers have ended");
        old.Echo("still there");
        Assert.Equal(1, old.Generation);
        using (PoolClient last = pool.ConnectToAnother(old))
            Assert.Equal(3, last.Generation);
        done.Cancel();
        Assert.All(clients, client => Assert.True(client.Within() > 0));
        old.Dispose();
        Limit.Until(() => pool.Count(WorkerEventKind.Ended) == 4, "all old workers have ended");
        Assert.Equal(2, pool.Pool.ProcessIds.Count);
        Assert.Equal(0, pool.Stop());
        Assert.All(pool.Events.Where(e => e.Kind == WorkerEventKind.Ended), e => Assert.Equal("exit status 0", e.Status.ToString()));
    }

    [Theory]
    [MemberData(nameof(Modes))]
    public void Reload_without_free_descriptor_keeps_old_workers(AcceptMode mode)
    {
        using RunningPool pool = new RunningPool(mode).UntilReady(2);
        using (new DescriptorLimit())
        {
            pool.Pool.Reload();
            Limit.Until(() => pool.Count(WorkerEventKind.ReloadFailed) == 1, "the reload has failed");
        }
        WorkerEvent notStarted = pool.Events.Single(e => e.Kind == WorkerEventKind.NotStarted);
        Assert.Equal((Errno.EMFILE, 2), (notStarted.Error!.Errno, notStarted.Generation));
        Assert.Equal(2, pool.Pool.ProcessIds.Count);
        using (PoolClient client = pool.Connect().Echo())
            Assert.Equal(1, client.Generation);

        pool.Pool.Reload();
        Limit.Until(() => pool.Events.Count(e => e is { Kind: WorkerEventKind.Ended, Generation: 1 }) == 2, "the old ones have ended");
        using (PoolClient client = pool.Connect().Echo())
            Assert.Equal(2, client.Generation);
    }

    [Fact]
    public void Reload_with_broken_program_keeps_old_workers()
    {
        string program = directory["program"];
        File.CreateSymbolicLink(program, ChildProcess.Executable);
        using RunningPool pool = new RunningPool(AcceptMode.SharedMutex, program: program).UntilReady(2);
        Replace("/bin/false");
        pool.Pool.Reload();
        Limit.Until(() => pool.Count(WorkerEventKind.ReloadFailed) == 1, "the reload has failed");
        using (PoolClient client = pool.Connect().Echo())
            Assert.Equal(1, client.Generation);

        Replace("/no/such/program");
        pool.Pool.Reload();
        Limit.Until(() => pool.Count(WorkerEventKind.ReloadFailed) == 2, "the reload has failed again");
        Assert.Equal(Errno.ENOENT, pool.Events.Single(e => e.Kind == WorkerEventKind.NotStarted).Error!.Errno);
        Assert.Equal(2, pool.Pool.ProcessIds.Count);

        Replace(ChildProcess.Executable);
        pool.Pool.Reload();
        Limit.Until(() => pool.Events.Count(e => e is { Kind: WorkerEventKind.Ended, Generation: 1 }) == 2, "the old ones have ended");
        using (PoolClient client = pool.Connect().Echo())
            Assert.Equal(2, client.Generation);

        void Replace(string target)
        {
            File.Delete(program);
            File.CreateSymbolicLink(program, target);
        }
    }
}
