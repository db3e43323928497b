namespace Unp.Net.Tests.LibcCalls;

/// <summary>Tests of the conversions of timespec and timeval to and from TimeSpan and DateTimeOffset.</summary>
public class TimeConversionTests
{
    public static TheoryData<long> Ticks =>
        [0, 1, 9, 10, -1, -9, -10, -11, TimeSpan.TicksPerSecond - 1, TimeSpan.TicksPerSecond, -TimeSpan.TicksPerSecond,
            -TimeSpan.TicksPerSecond - 1, long.MaxValue, long.MinValue];

    [Theory]
    [MemberData(nameof(Ticks))]
    public void Time_span_reads_back(long ticks)
    {
        TimeSpan time = new(ticks);
        timespec spec = timespec.FromTimeSpan(time);
        Assert.InRange(spec.tv_nsec, 0, 999_999_999);
        Assert.Equal(time, spec.ToTimeSpan());

        timeval micro = timeval.FromTimeSpan(time);
        Assert.InRange(micro.tv_usec, 0, 999_999);
        if (ticks > long.MinValue + 10)
            Assert.InRange(time - micro.ToTimeSpan(), TimeSpan.Zero, TimeSpan.FromTicks(9)); // rounded down
    }

    [Fact]
    public void Date_reads_back()
    {
        DateTimeOffset[] dates =
        [
            DateTimeOffset.UnixEpoch, DateTimeOffset.MinValue, DateTimeOffset.MaxValue, new(1969, 12, 31, 23, 59, 59, 999, TimeSpan.Zero),
            new(2003, 11, 25, 12, 0, 0, TimeSpan.FromHours(-7)), DateTimeOffset.UnixEpoch.AddTicks(-1),
        ];
        Assert.All(dates, date =>
        {
            DateTimeOffset back = timespec.FromDateTimeOffset(date).ToDateTimeOffset();
            Assert.Equal((date, TimeSpan.Zero), (back, back.Offset));
            if (date > DateTimeOffset.MinValue)
                Assert.InRange(date - timeval.FromDateTimeOffset(date).ToDateTimeOffset(), TimeSpan.Zero, TimeSpan.FromTicks(9));
        });
        Assert.Equal(1_069_786_800, timespec.FromDateTimeOffset(dates[4]).tv_sec);
        Assert.Equal((-1, 999_999_900), (timespec.FromDateTimeOffset(dates[5]).tv_sec, timespec.FromDateTimeOffset(dates[5]).tv_nsec));
    }

    [Fact]
    public void Nanoseconds_are_rounded_down()
    {
        Assert.Equal(TimeSpan.FromTicks(1), new timespec { tv_nsec = 199 }.ToTimeSpan());
        Assert.Equal(TimeSpan.FromTicks(-1), new timespec { tv_nsec = -1 }.ToTimeSpan());
        Assert.Equal(TimeSpan.FromSeconds(1.5), new timespec { tv_sec = -1, tv_nsec = 2_500_000_000 }.ToTimeSpan());
        Assert.Equal(TimeSpan.FromSeconds(0.5), new timeval(1, -500_000).ToTimeSpan());
    }

    [Fact]
    public void Time_out_of_range_overflows()
    {
        timespec[] specs =
        [
            new() { tv_sec = long.MaxValue }, new() { tv_sec = long.MinValue }, new() { tv_sec = 922_337_203_686 },
            new() { tv_sec = -922_337_203_686 }, new() { tv_sec = long.MaxValue, tv_nsec = long.MaxValue },
        ];
        Assert.All(specs, spec =>
        {
            Assert.Throws<OverflowException>(() => spec.ToTimeSpan());
            Assert.Throws<OverflowException>(() => spec.ToDateTimeOffset());
            Assert.Throws<OverflowException>(() => new timeval(spec.tv_sec, 0).ToTimeSpan());
        });
        long afterYear9999 = 253_402_300_800;
        long beforeYear1 = -62_135_596_801;
        Assert.Throws<OverflowException>(() => new timespec { tv_sec = afterYear9999 }.ToDateTimeOffset());
        Assert.Throws<OverflowException>(() => new timeval(beforeYear1, 999_999).ToDateTimeOffset());
        Assert.Equal(9999, new timeval(afterYear9999 - 1, 999_999).ToDateTimeOffset().Year);
    }
}
