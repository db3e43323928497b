namespace Unp.Net;

/// <summary>How a socket's messages say when they shall leave (<c>struct sock_txtime</c>): <see cref="SocketOptions.TxTime"/>. Linux.</summary>
/// <param name="ClockId">The clock of their times: CLOCK_MONOTONIC for interfaces with the queue fq, CLOCK_TAI for etf.</param>
/// <param name="Flags">0, or SOF_TXTIME_DEADLINE_MODE and SOF_TXTIME_REPORT_ERRORS ored: the latter tells of what did not go by the error queue.</param>
public readonly record struct SockTxTime(int ClockId, int Flags);
