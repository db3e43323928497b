namespace Unp.Net;

/// <summary>
/// The clock and flags for the departure times of messages, <c>struct sock_txtime</c> (<see cref="SocketOptions.TxTime"/>). Linux.
/// </summary>
/// <param name="ClockId">The clock of the departure times: CLOCK_MONOTONIC for interfaces with the queue fq, CLOCK_TAI for etf.</param>
/// <param name="Flags">
/// Zero, or SOF_TXTIME_DEADLINE_MODE and SOF_TXTIME_REPORT_ERRORS combined. The latter reports unsent messages on the error queue.
/// </param>
public readonly record struct SockTxTime(int ClockId, int Flags);
