namespace Unp.Net.Tests.Datagrams;

/// <summary>Tests the estimator of round-trip times against values that were computed by hand from the formulas of UNP 22.5.</summary>
public class RttTests
{
    [Fact]
    public void First_timeout_is_3_seconds()
    {
        rtt_init(out RttInfo rtt);
        Assert.Equal((0f, 0f, 0.75f, 3f), (rtt.Rtt, rtt.Srtt, rtt.Rttvar, rtt.Rto));
        Assert.Equal((2f, 60f, 3), (rtt.MinRto, rtt.MaxRto, rtt.MaxRetransmits));
        Assert.Equal("rtt = 0.000, srtt = 0.000, rttvar = 0.750, rto = 3.000", rtt.ToString());
    }

    [Fact]
    public void Estimators_follow_measurements()
    {
        rtt_init(out RttInfo rtt);
        (uint Milliseconds, float Srtt, float Rttvar, float Rto)[] steps =
        [
            (1500, 0.1875f, 0.9375f, 3.9375f),
            (1500, 0.3515625f, 1.03125f, 4.4765625f),
            (250, 0.3388671875f, 0.798828125f, 3.5341796875f),
            (2500, 0.6090087890625f, 1.139404296875f, 5.1666259765625f),
        ];
        foreach (var (milliseconds, srtt, rttvar, rto) in steps)
        {
            rtt_stop(ref rtt, milliseconds);
            Assert.Equal((milliseconds / 1000f, srtt, rttvar, rto), (rtt.Rtt, rtt.Srtt, rtt.Rttvar, rtt.Rto));
        }
    }

    [Fact]
    public void Timeout_is_between_2_and_60_seconds()
    {
        rtt_init(out RttInfo rtt);
        for (int i = 0; i < 50; i++)
            rtt_stop(ref rtt, 1);
        Assert.Equal(2, rtt.Rto);
        for (int i = 0; i < 50; i++)
            rtt_stop(ref rtt, 100_000);
        Assert.Equal(60, rtt.Rto);
        Assert.Equal(0, rtt_timeout(ref rtt));
        Assert.Equal(120, rtt.Rto); // as in the book, only the calculation has limits
    }

    [Fact]
    public void Timeout_doubles_until_third_retransmission()
    {
        rtt_init(out RttInfo rtt);
        rtt_newpack(ref rtt);
        foreach (var (result, rto) in ((int, int)[])[(0, 6), (0, 12), (0, 24), (-1, 48)])
        {
            Assert.Equal(result, rtt_timeout(ref rtt));
            Assert.Equal((rto, rto), ((int)rtt.Rto, rtt_start(rtt)));
        }
        Assert.Equal(4, rtt.RetransmitCount);
        rtt_newpack(ref rtt);
        Assert.Equal((0, 48f), (rtt.RetransmitCount, rtt.Rto));
    }

    [Theory]
    [InlineData(2.4f, 2)]
    [InlineData(2.5f, 3)]
    [InlineData(59.6f, 60)]
    [InlineData(1e20f, int.MaxValue)]
    public void Start_rounds_timeout_to_seconds(float rto, int seconds)
    {
        rtt_init(out RttInfo rtt, minRto: rto, maxRto: rto);
        Assert.Equal(seconds, rtt_start(rtt));
    }

    [Fact]
    public void Time_stamp_counts_milliseconds_and_wraps()
    {
        var time = new ManualTime();
        rtt_init(out RttInfo rtt, time);
        Assert.Equal(0u, rtt_ts(rtt));
        time.Advance(TimeSpan.FromMilliseconds(1234.9));
        Assert.Equal(1234u, rtt_ts(rtt));
        time.Advance(TimeSpan.FromMilliseconds(4_294_967_296 - 1234));
        Assert.Equal(0u, rtt_ts(rtt));
    }

    [Fact]
    public void Limits_of_program_replace_those_of_book()
    {
        rtt_init(out RttInfo rtt, minRto: 0.2f, maxRto: 1, maxRetransmits: 0);
        Assert.Equal(1, rtt.Rto);
        for (int i = 0; i < 50; i++)
            rtt_stop(ref rtt, 0);
        Assert.Equal(0.2f, rtt.Rto);
        Assert.Equal(-1, rtt_timeout(ref rtt));
    }

    [Fact]
    public void Wrong_limits_are_refused_by_name()
    {
        Assert.Throws<ArgumentOutOfRangeException>("minRto", () => rtt_init(out _, minRto: 0));
        Assert.Throws<ArgumentOutOfRangeException>("minRto", () => rtt_init(out _, minRto: float.NaN));
        Assert.Throws<ArgumentOutOfRangeException>("maxRto", () => rtt_init(out _, minRto: 5, maxRto: 4));
        Assert.Throws<ArgumentOutOfRangeException>("maxRto", () => rtt_init(out _, maxRto: float.PositiveInfinity));
        Assert.Throws<ArgumentOutOfRangeException>("maxRetransmits", () => rtt_init(out _, maxRetransmits: -1));
        RttInfo none = default;
        Assert.Throws<InvalidOperationException>(() => rtt_ts(none));
    }
}
