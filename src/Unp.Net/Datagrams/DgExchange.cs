namespace Unp.Net;

/// <summary>
/// The state of a client of <see cref="Libunp.Dg_send_recv"/>: its sequence number, its estimator of round-trip times and its counters. In
/// C they are static, so a C program has one such client (UNP 22.5).
/// </summary>
/// <remarks>An object serves one peer, and one thread at a time.</remarks>
public sealed class DgExchange : IDisposable
{
    // A longer timer does not exist. The wait looks at the clock and sets the timer again.
    static readonly TimeSpan MaxTimerPeriod = TimeSpan.FromDays(40);

    readonly TimeProvider time;
    readonly WakeDescriptor? alarm;
    readonly ITimer? timer;

    // The numbers of the last requests without an answer: an answer to one of them is late, and to any other old one a duplicate.
    readonly uint[] unanswered = new uint[16];
    int unansweredCount;

    RttInfo rtt;
    uint sequenceNumber;
    uint firstStamp;
    bool isDisposed;

    /// <summary>Creates the state before the first request.</summary>
    /// <param name="time">The clock of the timeouts; null means the system's.</param>
    /// <param name="minRto">The lower limit of the retransmission timeout (RTO), in seconds.</param>
    /// <param name="maxRto">The upper limit of the RTO before a timeout doubles it, in seconds.</param>
    /// <param name="maxRetransmits">The number of retransmissions after which a request has failed.</param>
    /// <exception cref="ArgumentOutOfRangeException">
    /// <paramref name="minRto"/> is not positive, <paramref name="maxRto"/> is less than it or not finite, or
    /// <paramref name="maxRetransmits"/> is negative.
    /// </exception>
    /// <exception cref="UnpException">EMFILE, ENFILE: a clock other than the system's needs a descriptor.</exception>
    public DgExchange(
        TimeProvider? time = null, float minRto = RttInfo.RTT_RXTMIN, float maxRto = RttInfo.RTT_RXTMAX,
        int maxRetransmits = RttInfo.RTT_MAXNREXMT)
    {
        this.time = time ?? TimeProvider.System;
        Libunp.rtt_init(out rtt, this.time, minRto, maxRto, maxRetransmits);
        if (this.time == TimeProvider.System)
            return;
        alarm = new WakeDescriptor();
        timer = this.time.CreateTimer(
            static state => ((WakeDescriptor)state!).Set(), alarm, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Gets the estimator of round-trip times.</summary>
    public RttInfo Rtt => rtt;

    /// <summary>
    /// Gets the sequence number of the last request, 0 at the start. The next request has this number plus 1; 0 follows 2^32 - 1.
    /// </summary>
    public uint SequenceNumber
    {
        get => sequenceNumber;
        init => sequenceNumber = value;
    }

    /// <summary>
    /// Gets whether each step is printed on standard error, as the book does with RTT_DEBUG and <c>rtt_d_flag</c>. The default is false.
    /// </summary>
    public bool IsTraced { get; init; }

    /// <summary>Gets the number of retransmissions of all requests.</summary>
    public long RetransmitCount { get; private set; }

    /// <summary>Gets the number of ignored datagrams that answer a request which already had an answer.</summary>
    public long DuplicateCount { get; private set; }

    /// <summary>Gets the number of ignored datagrams that answer one of the last 16 requests that have failed.</summary>
    public long LateCount { get; private set; }

    /// <summary>
    /// Gets the number of ignored datagrams that answer no request of this object: from another sender, with a sequence number or a time
    /// stamp that was not sent, or too short for both.
    /// </summary>
    public long ForeignCount { get; private set; }

    /// <summary>
    /// Gets the descriptor that becomes readable after <see cref="SetAlarm"/>, or null if the wait itself needs a timeout.
    /// </summary>
    internal Fd? Alarm => alarm?.Reader;

    internal long Now => time.GetTimestamp();

    /// <summary>Begins a request. Returns its sequence number.</summary>
    internal uint Begin()
    {
        ObjectDisposedException.ThrowIf(isDisposed, this);
        sequenceNumber = unchecked(sequenceNumber + 1);
        Libunp.rtt_newpack(ref rtt);
        firstStamp = Libunp.rtt_ts(rtt);
        return sequenceNumber;
    }

    /// <summary>Returns how much of the RTO is left since the time stamp <paramref name="begun"/>, or zero.</summary>
    internal TimeSpan RestSince(long begun)
    {
        TimeSpan rest = TimeSpan.FromSeconds(Math.Min(rtt.Rto, Deadline.MaxSeconds)) - time.GetElapsedTime(begun);
        return rest > TimeSpan.Zero ? rest : TimeSpan.Zero;
    }

    /// <summary>Makes <see cref="Alarm"/> readable after a time. It may become readable earlier.</summary>
    internal void SetAlarm(TimeSpan after)
    {
        alarm?.Reset();
        timer?.Change(after < MaxTimerPeriod ? after : MaxTimerPeriod, Timeout.InfiniteTimeSpan);
    }

    /// <summary>
    /// Decides about a received datagram, and counts it if it is not the answer. The time stamp tells which transmission is answered, so
    /// the estimators are right even after a retransmission (Karn).
    /// </summary>
    internal bool TryAccept(bool isFromPeer, uint number, uint stamp)
    {
        int age = unchecked((int)(sequenceNumber - number));
        uint now = Libunp.rtt_ts(rtt);
        uint elapsed = unchecked(now - stamp);
        if (!isFromPeer || age < 0 || (age == 0 && elapsed > unchecked(now - firstStamp)))
        {
            ForeignCount++;
        }
        else if (age == 0)
        {
            Libunp.rtt_stop(ref rtt, elapsed);
            return true;
        }
        else if (Array.IndexOf(unanswered, number, 0, Math.Min(unansweredCount, unanswered.Length)) is >= 0 and int index)
        {
            unanswered[index] = sequenceNumber; // a second answer is a duplicate
            LateCount++;
        }
        else
        {
            DuplicateCount++;
        }
        return false;
    }

    /// <summary>Counts a datagram that is too short to be an answer.</summary>
    internal void Refuse() => ForeignCount++;

    /// <summary>Doubles the RTO after a timeout. Returns false if the request has failed.</summary>
    internal bool TryRetransmit()
    {
        if (Libunp.rtt_timeout(ref rtt) < 0)
            return false;
        RetransmitCount++;
        return true;
    }

    /// <summary>Ends a request without an answer. The next one begins with the first RTO, as in the book.</summary>
    internal void Fail(bool isTimeout)
    {
        unanswered[unansweredCount % unanswered.Length] = sequenceNumber;
        unansweredCount = unansweredCount < int.MaxValue - unanswered.Length ? unansweredCount + 1 : unanswered.Length;
        if (isTimeout)
            Libunp.rtt_init(out rtt, time, rtt.MinRto, rtt.MaxRto, rtt.MaxRetransmits);
    }

    /// <summary>Frees the timer and its descriptor. The socket is not affected.</summary>
    public void Dispose()
    {
        isDisposed = true;
        timer?.Dispose();
        alarm?.Dispose();
    }
}
