namespace Unp.Net.Tests.Messages;

/// <summary>Tests of the bookkeeping of sends, with notifications in any order.</summary>
public class PendingSendsTests
{
    [Fact]
    public void Sends_complete_in_any_order_and_are_removed_in_order()
    {
        var pending = new PendingSends(verify: false);
        for (uint i = 0; i < 100; i++)
            Assert.Equal(i, pending.Add(default, default));
        pending.Complete(50, 59);
        Assert.Equal(
            (100, true, true, false, false),
            (pending.Count, pending.IsDone(50), pending.IsDone(59), pending.IsDone(49), pending.IsDone(60)));
        pending.Complete(0, 0);
        Assert.Equal((99, true), (pending.Count, pending.IsDone(0)));
        pending.Complete(0, 49);
        Assert.Equal((40, false), (pending.Count, pending.IsDone(60)));
        pending.Complete(60, 99);
        Assert.Equal((0, true, false), (pending.Count, pending.IsDone(99), pending.IsDone(100)));
    }

    /// <summary>After 4,294,967,296 sends the kernel counts from 0 again, even within the range of one notification.</summary>
    [Theory]
    [InlineData(uint.MaxValue)]
    [InlineData(uint.MaxValue - 5)]
    [InlineData(uint.MaxValue - 19)]
    public void Numbers_wrap_to_zero(uint first)
    {
        var pending = new PendingSends(verify: false, first);
        uint[] numbers = [.. Enumerable.Range(0, 40).Select(_ => pending.Add(default, default))];
        Assert.Equal((first, unchecked(first + 39), 40), (numbers[0], numbers[39], pending.Count));

        Assert.Equal(10, pending.Complete(numbers[10], numbers[19]));
        Assert.Equal(40, pending.Count);
        Assert.All(numbers, (number, i) => Assert.Equal(i is >= 10 and <= 19, pending.IsDone(number)));
        Assert.Equal(10, pending.Complete(numbers[0], numbers[9]));
        Assert.Equal(20, pending.Count);
        Assert.All(numbers, (number, i) => Assert.Equal(i <= 19, pending.IsDone(number)));

        Assert.Equal(20, pending.Complete(numbers[20], numbers[39]));
        Assert.Equal(0, pending.Count);
        Assert.All(numbers, number => Assert.True(pending.IsDone(number)));
        Assert.Equal(unchecked(first + 40), pending.Add(default, default));
    }

    [Fact]
    public void Notification_may_cover_all_numbers() =>
        Assert.Equal(1L << 32, new PendingSends(verify: false, 7).Complete(7, 6));

    [Fact]
    public void Ring_is_reused_and_grows_when_wrapped()
    {
        var pending = new PendingSends(verify: false);
        uint sent = 0, done = 0;
        for (int round = 0; round < 200; round++)
        {
            for (int i = 0; i < round % 40; i++)
                Assert.Equal(sent++, pending.Add(default, default));
            while (done < sent && (sent - done > 20 || round % 7 == 0))
            {
                Assert.False(pending.IsDone(done));
                pending.Complete(done, done++);
            }
            Assert.Equal((int)(sent - done), pending.Count);
        }
    }

    [Fact]
    public void Unknown_and_completed_numbers_are_ignored()
    {
        var pending = new PendingSends(verify: false);
        pending.Complete(0, 5);
        Assert.Equal(0u, pending.Add(default, default));
        Assert.False(pending.IsDone(0));
        pending.Complete(5, 9);
        pending.Complete(uint.MaxValue - 3, uint.MaxValue);
        pending.Complete(3, 1);
        Assert.Equal((1, false), (pending.Count, pending.IsDone(0)));
        pending.Complete(uint.MaxValue, 7);
        Assert.Equal((0, true), (pending.Count, pending.IsDone(0)));
    }
}
