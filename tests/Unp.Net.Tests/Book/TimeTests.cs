namespace Unp.Net.Tests.Book;

public class TimeTests
{
    [Theory]
    [InlineData(5, 700_000, 2, 300_000, 3, 400_000)]
    [InlineData(5, 200_000, 2, 300_000, 2, 900_000)]
    [InlineData(2, 0, 2, 1, -1, 999_999)]
    public void Tv_sub_borrows_second(long s1, long us1, long s2, long us2, long seconds, long microseconds)
    {
        var time = new timeval(s1, us1);
        tv_sub(ref time, new timeval(s2, us2));
        Assert.Equal((seconds, microseconds), (time.tv_sec, time.tv_usec));
    }

    [Fact]
    public void Gf_time_is_local_time_with_microseconds()
    {
        var utc = new DateTimeOffset(2026, 3, 4, 5, 6, 7, 8, 9, TimeSpan.Zero);
        tzset();
        Assert.True(localtime_r(utc.ToUnixTimeSeconds(), out tm local));
        Assert.Equal($"{local.tm_hour:D2}:{local.tm_min:D2}:07.008009", gf_time(new StoppedTime(utc)));
        Assert.Matches(@"^\d\d:\d\d:\d\d\.\d{6}$", gf_time());
    }

    sealed class StoppedTime(DateTimeOffset now) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => now;
    }
}
