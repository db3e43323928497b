namespace Unp.Net;

/// <summary>
/// An entry of a socket's error queue, such as the reason why a datagram could not be delivered. It is C's <c>struct sock_extended_err</c>,
/// see IP_RECVERR in <c>ip(7)</c>, IPV6_RECVERR and MSG_ERRQUEUE. Linux.
/// </summary>
/// <remarks>
/// The address of the message is the destination of the datagram. It has no port if the local IPv4 layer reports the error and the socket
/// is not connected.
/// </remarks>
/// <param name="Errno">The error: ECONNREFUSED, EHOSTUNREACH, EMSGSIZE; 0 for a timestamp or a zero-copy completion.</param>
/// <param name="Origin">
/// The source of the report: SO_EE_ORIGIN_LOCAL, SO_EE_ORIGIN_ICMP, SO_EE_ORIGIN_ICMP6, SO_EE_ORIGIN_TIMESTAMPING, SO_EE_ORIGIN_ZEROCOPY,
/// SO_EE_ORIGIN_TXTIME.
/// </param>
/// <param name="Type">The ICMP type.</param>
/// <param name="Code">
/// The ICMP code. For a zero-copy completion SO_EE_CODE_ZEROCOPY_COPIED or 0. SO_EE_CODE_TXTIME_* says why a
/// packet with a transmit time was not sent.
/// </param>
/// <param name="Info">
/// EMSGSIZE: the path MTU in bytes. Zero-copy completion: the number of the first send. Timestamp: the place where it was taken
/// (SCM_TSTAMP_*). Transmit time: its upper 32 bits.
/// </param>
/// <param name="Data">
/// Zero-copy completion: the number of the last send. Timestamp: its number (SOF_TIMESTAMPING_OPT_ID). Transmit time: its lower 32 bits.
/// </param>
/// <param name="Offender">The host that has reported the error, with port 0; empty if it is this host.</param>
public readonly record struct ExtendedError(Errno Errno, byte Origin, byte Type, byte Code, uint Info, uint Data, SockAddr Offender);
