namespace Unp.Net;

/// <summary>
/// Why a datagram could not be delivered, from a socket's error queue (<c>struct sock_extended_err</c>; IP_RECVERR, IPV6_RECVERR and MSG_ERRQUEUE:
/// ip(7)). Linux. The message's address is where the datagram went to (without port if IPv4 says so itself and the socket is not connected).
/// </summary>
/// <param name="Errno">The error: ECONNREFUSED, EHOSTUNREACH, EMSGSIZE; none (0) of a timestamp or a zero-copy completion.</param>
/// <param name="Origin">Who says so: SO_EE_ORIGIN_LOCAL, SO_EE_ORIGIN_ICMP, SO_EE_ORIGIN_ICMP6, SO_EE_ORIGIN_TIMESTAMPING, SO_EE_ORIGIN_ZEROCOPY, SO_EE_ORIGIN_TXTIME.</param>
/// <param name="Type">ICMP's type.</param>
/// <param name="Code">ICMP's code; SO_EE_CODE_ZEROCOPY_COPIED of a zero-copy completion; why a packet with a time of departure did not go: SO_EE_CODE_TXTIME_*.</param>
/// <param name="Info">
/// EMSGSIZE: the path's MTU in bytes; a zero-copy completion: the first send's number; a timestamp: where it was taken (SCM_TSTAMP_*); a time of departure: its
/// upper 32 bits.
/// </param>
/// <param name="Data">A zero-copy completion: the last send's number; a timestamp: its number (SOF_TIMESTAMPING_OPT_ID); a time of departure: its lower 32 bits.</param>
/// <param name="Offender">The host that reported it, port 0; empty when that is this one.</param>
public readonly record struct ExtendedError(Errno Errno, byte Origin, byte Type, byte Code, uint Info, uint Data, SockAddr Offender);
