namespace Unp.Net.Pipelines.Tests.Loop;

public class ProcessTests : LoopSuite
{
    [Theory, MemberData(nameof(Mechanisms))]
    public void A_signal_is_handled_on_the_loop_until_the_registration_is_disposed(string mechanism) => OnLoop(mechanism, async loop =>
    {
        var came = new TaskCompletionSource<(int, bool)>();
        IDisposable watching = loop.OnSignal(SIGUSR2, signo => came.TrySetResult((signo, loop.IsCurrent)));
        using (Signal(SIGUSR2, _ => { }))
        {
            Kill(getpid(), SIGUSR2);
            Assert.Equal((SIGUSR2, true), await came.Task);
            watching.Dispose();
            await loop.SwitchTo();
            Assert.Throws<ArgumentOutOfRangeException>(() => loop.OnSignal(SIGKILL, _ => { }));
        }
    });

    [Fact]
    public void A_child_that_select_has_no_room_for_is_refused_and_leaves_nothing() => OnLoop("select", async loop =>
    {
        using SpawnedProcess child = Spawn("sleep", ["1000"]);
        var next = new List<int>();
        using (new FullSet())
        {
            // From the second time on, as the runtime may open what it traces the stack by.
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
    public void The_end_of_a_child_is_awaited(string mechanism) => OnLoop(mechanism, async loop =>
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
}
