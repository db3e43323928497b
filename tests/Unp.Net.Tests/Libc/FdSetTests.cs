using Unp.Net.Tests.Polling;

namespace Unp.Net.Tests.LibcCalls;

public class FdSetTests
{
    [Fact]
    public void Set_contains_descriptor_from_Set_to_Clr()
    {
        using var pair = StreamPair.Unix(out Fd first, out Fd second);
        FdSet set = default;
        Assert.False(set.IsSet(first));
        set.Set(first);
        set.Set(first);
        Assert.True(set.IsSet(first));
        Assert.False(set.IsSet(second));
        set.Set(second);
        set.Clr(first);
        set.Clr(first);
        Assert.False(set.IsSet(first));
        Assert.True(set.IsSet(second));
    }

    [Fact]
    public void Zero_empties_set()
    {
        using var pair = StreamPair.Unix(out Fd first, out Fd second);
        FdSet set = default;
        set.Set(first);
        set.Set(second);
        set.Zero();
        Assert.Equal((false, false, 0), (set.IsSet(first), set.IsSet(second), set.Maxfdp1));
    }

    [Fact]
    public void Assignment_copies_set()
    {
        using var pair = StreamPair.Unix(out Fd first, out Fd second);
        FdSet set = default;
        set.Set(first);
        FdSet copy = set;
        copy.Clr(first);
        copy.Set(second);
        Assert.Equal((true, false), (set.IsSet(first), set.IsSet(second)));
        Assert.Equal((false, true), (copy.IsSet(first), copy.IsSet(second)));
    }

    [Fact]
    public void Maxfdp1_is_highest_number_plus_one()
    {
        FdSet set = default;
        Assert.Equal(0, set.Maxfdp1);
        for (int number = 0; number < FdSet.Capacity; number++)
        {
            using Fd fd = Fd.Borrow(number);
            Assert.True(FdSet.Fits(fd));
            Assert.False(set.IsSet(fd));
            set.Set(fd);
            Assert.Equal(number + 1, set.Maxfdp1);
            Assert.True(set.IsSet(fd));
        }
        for (int number = FdSet.Capacity - 1; number >= 0; number--)
        {
            using Fd fd = Fd.Borrow(number);
            Assert.True(set.IsSet(fd));
            set.Clr(fd);
            Assert.Equal(number, set.Maxfdp1);
        }
    }

    [Fact]
    public void Descriptor_of_1024_or_more_is_rejected_by_number()
    {
        using var pair = StreamPair.Unix(out Fd first, out _);
        using Fd high = HighDescriptor.Of(first);
        int number = Kernel.Number(high);
        Assert.InRange(number, 1024, int.MaxValue);
        Assert.False(FdSet.Fits(high));
        FdSet set = default;
        foreach (Action call in (Action[])[() => set.Set(high), () => set.Clr(high), () => set.IsSet(high)])
        {
            var refused = Assert.Throws<ArgumentOutOfRangeException>("fd", call);
            Assert.Equal((nint)number, refused.ActualValue);
            Assert.Contains($"not {number}. Use poll or epoll for it.", refused.Message);
        }
        Assert.Equal(0, set.Maxfdp1);
    }

    [Fact]
    public void Closed_descriptor_is_rejected()
    {
        Fd closed = Loopback.Datagram();
        closed.Dispose();
        FdSet set = default;
        foreach (Action call in (Action[])[() => set.Set(closed), () => set.Clr(closed), () => set.IsSet(closed), () => FdSet.Fits(closed)])
            Assert.Contains($"'{closed}'", Assert.Throws<ObjectDisposedException>(call).Message);
    }

    [Fact]
    public void Null_is_rejected()
    {
        FdSet set = default;
        foreach (Action call in (Action[])[() => set.Set(null!), () => set.Clr(null!), () => set.IsSet(null!), () => FdSet.Fits(null!)])
            Assert.Throws<ArgumentNullException>("fd", call);
    }
}
