using System.Globalization;

namespace Unp.Net;

/// <summary>
/// The round-trip times to a peer and the retransmission timeout (RTO) that follows from them: the book's <c>struct rtt_info</c> (UNP
/// 22.5). <see cref="Libunp.rtt_init"/> initializes it.
/// </summary>
/// <remarks>
/// The estimators are those of Jacobson: the smoothed round-trip time with a gain of 1/8, and its mean deviation with a gain of 1/4. The
/// RTO is the former plus four times the latter.
/// </remarks>
public struct RttInfo
{
    /// <summary>The book's lower limit of the RTO, in seconds.</summary>
    public const int RTT_RXTMIN = 2;

    /// <summary>The book's upper limit of the RTO before it is doubled, in seconds.</summary>
    public const int RTT_RXTMAX = 60;

    /// <summary>The number of retransmissions after which the book gives up.</summary>
    public const int RTT_MAXNREXMT = 3;

    /// <summary>The mean deviation before the first measurement. It makes the first RTO 3 seconds.</summary>
    const float FirstDeviation = 0.75f;

    TimeProvider? time;
    long start;

    /// <summary>Creates the state before the first packet.</summary>
    internal RttInfo(TimeProvider time, float minRto, float maxRto, int maxRetransmits)
    {
        this.time = time;
        start = time.GetTimestamp();
        MinRto = minRto;
        MaxRto = maxRto;
        MaxRetransmits = maxRetransmits;
        Rttvar = FirstDeviation;
        CalculateRto();
    }

    /// <summary>Gets the lower limit of the RTO, in seconds.</summary>
    public float MinRto { get; }

    /// <summary>Gets the upper limit of the RTO before it is doubled, in seconds.</summary>
    public float MaxRto { get; }

    /// <summary>Gets the number of retransmissions after which <see cref="Libunp.rtt_timeout"/> gives up.</summary>
    public int MaxRetransmits { get; }

    /// <summary>Gets the last measured round-trip time, in seconds.</summary>
    public float Rtt { get; private set; }

    /// <summary>Gets the smoothed round-trip time, in seconds.</summary>
    public float Srtt { get; private set; }

    /// <summary>Gets the smoothed mean deviation of the round-trip time, in seconds.</summary>
    public float Rttvar { get; private set; }

    /// <summary>Gets the retransmission timeout, in seconds.</summary>
    public float Rto { get; private set; }

    /// <summary>Gets how often the current packet has been retransmitted.</summary>
    public int RetransmitCount { get; private set; }

    /// <summary>Gets the milliseconds since the initialization, modulo 2^32.</summary>
    internal readonly uint Milliseconds
    {
        get
        {
            // A default value has no time provider.
            TimeProvider clock = time ?? throw new InvalidOperationException("The RttInfo is not initialized. Call rtt_init first.");
            return unchecked((uint)(long)clock.GetElapsedTime(start).TotalMilliseconds);
        }
    }

    internal void BeginPacket() => RetransmitCount = 0;

    /// <summary>Updates the estimators by a measured time.</summary>
    internal void Measured(uint milliseconds)
    {
        Rtt = milliseconds / 1000f;
        float delta = Rtt - Srtt;
        Srtt += delta / 8;
        Rttvar += (Math.Abs(delta) - Rttvar) / 4;
        CalculateRto();
    }

    /// <summary>Doubles the RTO. Returns false if the packet has been retransmitted often enough.</summary>
    internal bool TryBackOff()
    {
        Rto *= 2;
        return ++RetransmitCount <= MaxRetransmits;
    }

    void CalculateRto() => Rto = Math.Clamp(Srtt + (4 * Rttvar), MinRto, MaxRto);

    /// <summary>
    /// Returns the line of <see cref="Libunp.rtt_debug"/>: <c>"rtt = 0.000, srtt = 0.000, rttvar = 0.750, rto = 3.000"</c>.
    /// </summary>
    public override readonly string ToString() => string.Create(
        CultureInfo.InvariantCulture, $"rtt = {Rtt:F3}, srtt = {Srtt:F3}, rttvar = {Rttvar:F3}, rto = {Rto:F3}");
}
