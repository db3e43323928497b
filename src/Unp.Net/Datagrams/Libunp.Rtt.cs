using static Unp.Net.Libc;

namespace Unp.Net;

// The book's estimator of round-trip times (UNP 22.5). Dg_send_recv uses it; a program can use it for a protocol of its own.
public static partial class Libunp
{
    /// <summary>Initializes the estimator for a new peer. The first RTO is 3 seconds (UNP 22.5).</summary>
    /// <param name="rtt">The estimator.</param>
    /// <param name="time">The clock; null means the system's. It is monotonic, so a change of the date has no effect.</param>
    /// <param name="minRto">The lower limit of the RTO, in seconds.</param>
    /// <param name="maxRto">The upper limit of the RTO before <see cref="rtt_timeout"/> doubles it, in seconds.</param>
    /// <param name="maxRetransmits">The number of retransmissions after which <see cref="rtt_timeout"/> gives up.</param>
    /// <exception cref="ArgumentOutOfRangeException">
    /// <paramref name="minRto"/> is not positive, <paramref name="maxRto"/> is less than it or not finite, or
    /// <paramref name="maxRetransmits"/> is negative.
    /// </exception>
    public static void rtt_init(
        out RttInfo rtt, TimeProvider? time = null, float minRto = RttInfo.RTT_RXTMIN, float maxRto = RttInfo.RTT_RXTMAX,
        int maxRetransmits = RttInfo.RTT_MAXNREXMT)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(maxRetransmits);
        if (!(minRto > 0))
            throw new ArgumentOutOfRangeException(nameof(minRto), minRto, "The lower limit of the RTO must be positive.");
        if (!(maxRto >= minRto && float.IsFinite(maxRto)))
            throw new ArgumentOutOfRangeException(nameof(maxRto), maxRto, $"The upper limit must be finite and at least {minRto}.");
        rtt = new RttInfo(time ?? TimeProvider.System, minRto, maxRto, maxRetransmits);
    }

    /// <summary>Begins a new packet: sets its number of retransmissions to 0 (UNP 22.5).</summary>
    /// <param name="rtt">The estimator. Its RTO, which may have been doubled, stays.</param>
    public static void rtt_newpack(ref RttInfo rtt) => rtt.BeginPacket();

    /// <summary>
    /// Returns the time stamp of a packet: the milliseconds since <see cref="rtt_init"/>, modulo 2^32 (UNP 22.5).
    /// </summary>
    /// <param name="rtt">The estimator.</param>
    /// <exception cref="InvalidOperationException">The estimator is not initialized.</exception>
    public static uint rtt_ts(in RttInfo rtt) => rtt.Milliseconds;

    /// <summary>
    /// Returns the RTO in whole seconds, rounded, as C's <c>alarm</c> takes it (UNP 22.5). <see cref="RttInfo.Rto"/> is exact.
    /// </summary>
    /// <param name="rtt">The estimator.</param>
    public static int rtt_start(in RttInfo rtt) => (int)Math.Min(int.MaxValue, rtt.Rto + 0.5);

    /// <summary>Updates the estimators by a measured round-trip time, and calculates the next RTO (UNP 22.5).</summary>
    /// <param name="rtt">The estimator.</param>
    /// <param name="milliseconds">
    /// The round-trip time in milliseconds: <see cref="rtt_ts"/> less the time stamp that the answer has returned.
    /// </param>
    public static void rtt_stop(ref RttInfo rtt, uint milliseconds) => rtt.Measured(milliseconds);

    /// <summary>Doubles the RTO after a timeout (UNP 22.5).</summary>
    /// <param name="rtt">The estimator.</param>
    /// <returns>0 if the packet is to be sent again, or -1 if it has been retransmitted often enough.</returns>
    public static int rtt_timeout(ref RttInfo rtt) => rtt.TryBackOff() ? 0 : -1;

    /// <summary>
    /// Prints the estimator on standard error: <c>rtt = 0.000, srtt = 0.000, rttvar = 0.750, rto = 3.000</c>. C prints it only if
    /// <c>rtt_d_flag</c> is set.
    /// </summary>
    /// <param name="rtt">The estimator.</param>
    public static void rtt_debug(in RttInfo rtt) => ErrorOutput.Print(LOG_DEBUG, rtt.ToString());
}
