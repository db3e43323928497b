namespace Unp.Net.Pipelines.Tests.Loop;

public class ProcessTests : LoopSuite
{
    [Theory, MemberData(nameof(Mechanisms))]
    public void OnSignal_handles_signal_on_loop_until_disposed(string mechanism) => OnLoop(mechanism, async loop =>
    {
        var came = new TaskCompletionSource<(int, bool)>();
        IDisposable registration = loop.OnSignal(SIGUSR2, signo => came.TrySetResult((signo, loop.IsCurrent)));
        using (Signal(SIGUSR2, _ => { }))
        {
            Kill(getpid(), SIGUSR2);
            Assert.Equal((SIGUSR2, true), await came.Task);
            registration.Dispose();
            await loop.SwitchTo();
            Assert.Throws<ArgumentOutOfRangeException>(() => loop.OnSignal(SIGKILL, _ => { }));
        }
    });

    [Theory, MemberData(nameof(Mechanisms))]
    public void Signal_reaches_each_loop_and_program_handler(string mechanism) => OnLoop(mechanism, async loop =>
    {
        await using var other = new EventLoop();
        var first = new TaskCompletionSource<int>();
        var second = new TaskCompletionSource<int>();
        var handler = new TaskCompletionSource<int>();
        using (loop.OnSignal(SIGUSR2, first.SetResult))
        using (other.OnSignal(SIGUSR2, second.SetResult))
        using (Signal(SIGUSR2, handler.SetResult))
        {
            Kill(getpid(), SIGUSR2);
            Assert.Equal([SIGUSR2, SIGUSR2, SIGUSR2], await Task.WhenAll(first.Task, second.Task, handler.Task));
        }
    });

    [Fact]
    public void Child_of_bound_loop_has_processors_of_process()
    {
        string ofProcess = Allowed($"/proc/self/task/{getpid()}/status");
        int last = LastAllowed();
        using var loop = new EventLoop(new EventLoopOptions { Processor = last });
        Pipe(out Fd read, out Fd write);
        using (read)
        using (write)
        {
            string own = "";
            loop.RunAsync(async () =>
            {
                own = Allowed("/proc/thread-self/status");
                using SpawnedProcess child = Spawn("grep", ["Cpus_allowed:", "/proc/self/status"], new() { Descriptors = { [1] = write } });
                Assert.Equal(0, (await loop.WaitForExitAsync(child)).ExitStatus);
                Assert.Equal(own, Allowed("/proc/thread-self/status"));
            }).Within();
            byte[] line = new byte[MAXLINE];
            int n = Read(read, line);
            Assert.Equal(ofProcess, System.Text.Encoding.ASCII.GetString(line, 0, n).TrimEnd());
            Assert.Equal(Environment.ProcessorCount > 1, own != ofProcess);
        }

        static string Allowed(string path) =>
            File.ReadLines(path).Single(line => line.StartsWith("Cpus_allowed:", StringComparison.Ordinal));

        static unsafe int LastAllowed()
        {
            ulong[] allowed = new ulong[128];
            fixed (ulong* words = allowed)
                Assert.InRange(sched_getaffinity(0, 1024, words), 0, 1024);
            return Enumerable.Range(0, 8192).Last(processor => (allowed[processor / 64] & (1UL << processor)) != 0);
        }
    }

    [Fact]
    public void Child_above_select_limit_is_refused_without_leak() => OnLoop("select", async loop =>
    {
        using SpawnedProcess child = Spawn("sleep", ["1000"]);
        var next = new List<int>();
        using (new FullSet())
        {
            // Compare from the second time on, because the runtime may open a file for the first stack trace.
            for (int i = 0; i < 4; i++)
            {
                await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => loop.WaitForExitAsync(child));
                next.Add(FullSet.Next);
            }
        }
        child.Kill(SIGKILL);
        Assert.Equal(SIGKILL, (await loop.WaitForExitAsync(child)).TermSignal);
        Assert.Equal(next[1], next[^1]);
    });

    [Theory, MemberData(nameof(Mechanisms))]
    public void WaitForExitAsync_returns_status_of_child(string mechanism) => OnLoop(mechanism, async loop =>
    {
        foreach (bool byPidfd in (bool[])[true, false])
        {
            using SpawnedProcess ended = Spawn("sh", ["-c", "exit 3"]);
            using SpawnedProcess killed = Spawn("sleep", ["1000"]);
            using SpawnedProcess other = Spawn("sleep", ["1000"]);
            Task<WaitStatus> otherEnd = loop.WaitForExitAsync(other, byPidfd, CancellationToken.None);
            Task<WaitStatus> end = loop.WaitForExitAsync(killed, byPidfd, CancellationToken.None);
            Assert.Equal(3, (await loop.WaitForExitAsync(ended, byPidfd, CancellationToken.None)).ExitStatus);
            Assert.True(loop.IsCurrent);
            Assert.False(end.IsCompleted);
            killed.Kill(SIGKILL);
            Assert.Equal(SIGKILL, (await end).TermSignal);
            await loop.SwitchTo();
            Assert.False(otherEnd.IsCompleted);

            using var cancelling = new CancellationTokenSource();
            Task<WaitStatus> cancelled = loop.WaitForExitAsync(other, byPidfd, cancelling.Token);
            cancelling.Cancel();
            await Assert.ThrowsAsync<OperationCanceledException>(() => cancelled);
            other.Kill(SIGTERM);
            Assert.Equal(SIGTERM, (await otherEnd).TermSignal);
            await loop.SwitchTo();
        }
    });

    [Theory, MemberData(nameof(Mechanisms))]
    public void Status_collected_by_other_code_is_unknown(string mechanism) => OnLoop(mechanism, async loop =>
    {
        foreach (bool byPidfd in (bool[])[true, false])
        {
            using SpawnedProcess child = Spawn("sleep", ["1000"]);
            Task<WaitStatus> end = loop.WaitForExitAsync(child, byPidfd, CancellationToken.None);
            Kill(child.Id, SIGKILL);
            Waitpid(child.Id, out _);
            Assert.Equal(WaitStatus.Unknown, await end);
            Assert.Equal(WaitStatus.Unknown, await loop.WaitForExitAsync(child, byPidfd, CancellationToken.None));
        }
    });

    [Fact]
    public void WaitForExitAsync_works_without_free_descriptor() => OnLoop("epoll", async loop =>
    {
        using (SpawnedProcess before = Spawn("true", []))
            await loop.WaitForExitAsync(before, byPidfd: false, CancellationToken.None); // loads the assemblies that the runtime needs
        using SpawnedProcess child = Spawn("sleep", ["1000"]);
        Task<WaitStatus> end;
        using (var limit = new DescriptorLimit())
        {
            end = loop.WaitForExitAsync(child);
            Assert.False(end.IsCompleted);
            child.Kill(SIGKILL);
            Assert.Equal(SIGKILL, (await end).TermSignal);
        }
    });
}
