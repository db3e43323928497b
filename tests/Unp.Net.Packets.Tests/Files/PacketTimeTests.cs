namespace Unp.Net.Packets.Tests;

public class PacketTimeTests
{
    [Theory]
    [InlineData(0, 0, 0, "1970-01-01T00:00:00.000000000Z")]
    [InlineData(1_700_000_000_123_456_789, 1_700_000_000, 123_456_789, "2023-11-14T22:13:20.123456789Z")]
    [InlineData(-1, -1, 999_999_999, "1969-12-31T23:59:59.999999999Z")]
    [InlineData(long.MaxValue, 9_223_372_036, 854_775_807, "2262-04-11T23:47:16.854775807Z")]
    [InlineData(long.MinValue, -9_223_372_037, 145_224_192, "1677-09-21T00:12:43.145224192Z")]
    public void Time_has_seconds_nanoseconds_and_text(long nanoseconds, long seconds, int rest, string text)
    {
        var time = new PacketTime(nanoseconds);
        Assert.Equal((seconds, rest, text), (time.Seconds, time.NanosecondsOfSecond, time.ToString()));
    }

    [Fact]
    public void Date_keeps_its_ticks()
    {
        DateTimeOffset date = new DateTimeOffset(2026, 12, 1, 9, 42, 19, TimeSpan.FromHours(2)).AddTicks(1234567);
        PacketTime time = PacketTime.FromDateTimeOffset(date);
        Assert.Equal(PacketTime.FromUnixTime(date.ToUnixTimeSeconds(), 123_456_700), time);
        Assert.Equal(date, time.ToDateTimeOffset());
        Assert.Equal(TimeSpan.Zero, time.ToDateTimeOffset().Offset);
        Assert.Equal(date, new PacketTime(time.Nanoseconds + 99).ToDateTimeOffset());
    }

    [Fact]
    public void Time_out_of_range_is_refused()
    {
        Assert.Throws<OverflowException>(() => PacketTime.FromUnixTime(1L << 34, 0));
        Assert.Throws<OverflowException>(() => PacketTime.FromDateTimeOffset(DateTimeOffset.MaxValue));
    }

    [Fact]
    public void Times_are_ordered()
    {
        PacketTime early = new(1), late = new(2);
        Assert.True(early < late && late > early && early <= late && late >= early && early.CompareTo(late) < 0);
        Assert.False(early > late || late < early || early >= late || late <= early);
    }
}
