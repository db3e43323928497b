namespace Unp.Net.Tests.Processes;

/// <summary>Waits for a child with a limit, with and without a free descriptor for its pidfd.</summary>
public class TimedWaitTests
{
    [Fact]
    public void Timed_wait_for_running_child_ends_on_time()
    {
        using SpawnedProcess child = Children.Cat(out Fd input);
        using (input)
        {
            Assert.Null(child.Wait(TimeSpan.Zero));
            Assert.Null(Limit.Run(() => child.Wait(TimeSpan.FromMilliseconds(30))));
        }
        Assert.Equal(0, Limit.Run(() => child.Wait(TimeSpan.MaxValue))!.Value.ExitStatus);
        Assert.Equal(0, child.Wait(Timeout.InfiniteTimeSpan)!.Value.ExitStatus);
        Assert.Throws<ArgumentOutOfRangeException>("timeout", () => child.Wait(TimeSpan.FromSeconds(-2)));
    }

    [Fact]
    public void End_is_noticed_without_free_descriptor()
    {
        using SpawnedProcess child = Children.Cat(out Fd input);
        using (new DescriptorLimit())
        {
            Assert.Null(child.Wait(TimeSpan.FromMilliseconds(30))); // no thread can be made here, so Limit cannot watch
            input.Dispose();
        }
        Assert.Equal(0, Limit.Run(() => child.Wait(Limit.Default))!.Value.ExitStatus);
    }

    [Fact]
    public async Task Asynchronous_wait_returns_status_and_can_be_cancelled()
    {
        using SpawnedProcess child = Children.Cat(out Fd input);
        using (input)
        {
            using var source = new CancellationTokenSource();
            Task<WaitStatus> cancelled = child.WaitAsync(source.Token);
            await source.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(
                () => cancelled.WaitAsync(Limit.Default, TestContext.Current.CancellationToken));
            Assert.Null(child.Wait(TimeSpan.Zero));
        }
        Assert.Equal(0, (await child.WaitAsync(TestContext.Current.CancellationToken)).ExitStatus);
    }
}
