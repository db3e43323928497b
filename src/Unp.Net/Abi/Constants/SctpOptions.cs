using static Unp.Net.Abi.Constant;

namespace Unp.Net;

// Options of SCTP, level IPPROTO_SCTP. (RFC 6458) macOS has no SCTP.
// The columns: Linux, macOS, FreeBSD.
public static partial class Libc
{
    /// <summary>Bounds of the retransmission time-out: an <c>sctp_rtoinfo</c>, milliseconds. Not on macOS.</summary>
    public static int SCTP_RTOINFO => Of(0, Absent, 1);

    /// <summary>Parameters of an association: an <c>sctp_assocparams</c>. Not on macOS.</summary>
    public static int SCTP_ASSOCINFO => Of(1, Absent, 2);

    /// <summary>How an association starts, its streams and attempts: an <c>sctp_initmsg</c>. Not on macOS.</summary>
    public static int SCTP_INITMSG => Of(2, Absent, 3);

    /// <summary>Send small messages at once. int as boolean. Not on macOS.</summary>
    public static int SCTP_NODELAY => Of(3, Absent, 4);

    /// <summary>Seconds after which an idle association is closed, one-to-many sockets only; 0: never. int. Not on macOS.</summary>
    public static int SCTP_AUTOCLOSE => Of(4, Absent, 5);

    /// <summary>
    /// Ask the peer to use this address of this side as its primary one: an <c>sctp_setpeerprim</c>. Write only. Not on macOS.
    /// </summary>
    public static int SCTP_SET_PEER_PRIMARY_ADDR => Of(5, Absent, 6);

    /// <summary>The primary address of the peer: an <c>sctp_setprim</c> (Linux has <c>sctp_prim</c> too). Not on macOS.</summary>
    public static int SCTP_PRIMARY_ADDR => Of(6, Absent, 7);

    /// <summary>A number that tells the peer about the layer above SCTP: an <c>sctp_setadaptation</c>. Not on macOS.</summary>
    public static int SCTP_ADAPTATION_LAYER => Of(7, Absent, 8);

    /// <summary>The former name of <see cref="SCTP_ADAPTATION_LAYER"/>, as in the book. FreeBSD only.</summary>
    public static int SCTP_ADAPTION_LAYER => Of(Absent, Absent, 8);

    /// <summary>A message too long for a packet fails with EMSGSIZE. int as boolean. Not on macOS.</summary>
    public static int SCTP_DISABLE_FRAGMENTS => Of(8, Absent, 9);

    /// <summary>Heartbeats, retransmissions and path MTU of an address: an <c>sctp_paddrparams</c>. Not on macOS.</summary>
    public static int SCTP_PEER_ADDR_PARAMS => Of(9, Absent, 10);

    /// <summary>Default parameters of sent messages: an <c>sctp_sndrcvinfo</c>. Not on macOS.</summary>
    public static int SCTP_DEFAULT_SEND_PARAM => Of(10, Absent, 11);

    /// <summary>Which notifications to receive: an <c>sctp_event_subscribe</c>. Not on macOS.</summary>
    public static int SCTP_EVENTS => Of(11, Absent, 12);

    /// <summary>An IPv6 socket reports IPv4 addresses as IPv4-mapped ones. int as boolean. Not on macOS.</summary>
    public static int SCTP_I_WANT_MAPPED_V4_ADDR => Of(12, Absent, 13);

    /// <summary>Maximum number of bytes of a message in one packet: an <c>sctp_assoc_value</c>, or an int. Not on macOS.</summary>
    public static int SCTP_MAXSEG => Of(13, Absent, 14);

    /// <summary>State of an association: an <c>sctp_status</c>. Read only. Not on macOS.</summary>
    public static int SCTP_STATUS => Of(14, Absent, 256);

    /// <summary>State of an address of the peer: an <c>sctp_paddrinfo</c>. Read only. Not on macOS.</summary>
    public static int SCTP_GET_PEER_ADDR_INFO => Of(15, Absent, 257);

    /// <summary>How acknowledgements are delayed: an <c>sctp_sack_info</c>. Not on macOS.</summary>
    public static int SCTP_DELAYED_SACK => Of(16, Absent, 15);

    /// <summary>Whether parts of messages of several associations or streams may arrive in turn. int. Not on macOS.</summary>
    public static int SCTP_FRAGMENT_INTERLEAVE => Of(18, Absent, 16);

    /// <summary>Bytes of a message after which its first part is delivered. unsigned int. Not on macOS.</summary>
    public static int SCTP_PARTIAL_DELIVERY_POINT => Of(19, Absent, 17);

    /// <summary>Number that each message of an association carries: an <c>sctp_assoc_value</c>. Not on macOS.</summary>
    public static int SCTP_CONTEXT => Of(17, Absent, 26);

    /// <summary>Maximum number of packets in one burst: an <c>sctp_assoc_value</c>. Not on macOS.</summary>
    public static int SCTP_MAX_BURST => Of(20, Absent, 25);

    /// <summary>Chunks of this type are accepted only if authenticated: an <c>sctp_authchunk</c>. Write only. Not on macOS.</summary>
    public static int SCTP_AUTH_CHUNK => Of(21, Absent, 18);

    /// <summary>Adds a key: an <c>sctp_authkey</c>. Write only. Not on macOS.</summary>
    public static int SCTP_AUTH_KEY => Of(23, Absent, 19);

    /// <summary>Algorithms to authenticate with: an <c>sctp_hmacalgo</c>. Not on macOS.</summary>
    public static int SCTP_HMAC_IDENT => Of(22, Absent, 20);

    /// <summary>The key to send with: an <c>sctp_authkeyid</c>. Not on macOS.</summary>
    public static int SCTP_AUTH_ACTIVE_KEY => Of(24, Absent, 21);

    /// <summary>Deletes a key: an <c>sctp_authkeyid</c>. Write only. Not on macOS.</summary>
    public static int SCTP_AUTH_DELETE_KEY => Of(25, Absent, 22);

    /// <summary>Types of chunks that the peer wants authenticated: an <c>sctp_authchunks</c>. Read only. Not on macOS.</summary>
    public static int SCTP_PEER_AUTH_CHUNKS => Of(26, Absent, 258);

    /// <summary>Types of chunks that this side wants authenticated: an <c>sctp_authchunks</c>. Read only. Not on macOS.</summary>
    public static int SCTP_LOCAL_AUTH_CHUNKS => Of(27, Absent, 259);

    /// <summary>Number of associations. Read only. Not on macOS.</summary>
    public static int SCTP_GET_ASSOC_NUMBER => Of(28, Absent, 260);

    /// <summary>Their ids: an <c>sctp_assoc_ids</c>. Read only. Not on macOS.</summary>
    public static int SCTP_GET_ASSOC_ID_LIST => Of(29, Absent, 261);

    /// <summary>The peer is notified when an address of this host is added or removed. int as boolean. Not on macOS.</summary>
    public static int SCTP_AUTO_ASCONF => Of(30, Absent, 24);

    /// <summary>Failures after which an address counts as unreachable: an <c>sctp_paddrthlds</c>. Not on macOS.</summary>
    public static int SCTP_PEER_ADDR_THLDS => Of(31, Absent, 35);

    /// <summary>Received messages carry an <c>sctp_rcvinfo</c> as ancillary data. int as boolean. Not on macOS.</summary>
    public static int SCTP_RECVRCVINFO => Of(32, Absent, 31);

    /// <summary>
    /// Received messages carry an <c>sctp_nxtinfo</c> about the next one as ancillary data. int as boolean. Not on macOS.
    /// </summary>
    public static int SCTP_RECVNXTINFO => Of(33, Absent, 32);

    /// <summary>Default parameters of sent messages: an <c>sctp_sndinfo</c>. Not on macOS.</summary>
    public static int SCTP_DEFAULT_SNDINFO => Of(34, Absent, 33);

    /// <summary>Several one-to-one sockets bind to one address and port. int as boolean. Not on macOS.</summary>
    public static int SCTP_REUSE_PORT => Of(36, Absent, 28);

    /// <summary>Receive a notification or not: an <c>sctp_event</c>. Not on macOS.</summary>
    public static int SCTP_EVENT => Of(127, Absent, 30);

    /// <summary>
    /// The peer's UDP port, for an association that is tunnelled in UDP. (RFC 6951) An <c>sctp_udpencaps</c>. Not on macOS.
    /// </summary>
    public static int SCTP_REMOTE_UDP_ENCAPS_PORT => Of(132, Absent, 36);

    /// <summary>Implementation of <c>sctp_bindx</c>: adds addresses, a packed list. Linux only.</summary>
    public static int SCTP_SOCKOPT_BINDX_ADD => Of(100, Absent, Absent);

    /// <summary>Implementation of <c>sctp_bindx</c>: removes addresses, a packed list. Linux only.</summary>
    public static int SCTP_SOCKOPT_BINDX_REM => Of(101, Absent, Absent);

    /// <summary>Implementation of <c>sctp_peeloff</c>: an <c>sctp_peeloff_arg_t</c>. Linux only.</summary>
    public static int SCTP_SOCKOPT_PEELOFF => Of(102, Absent, Absent);

    /// <summary>Implementation of <c>sctp_getpaddrs</c>: an <c>sctp_getaddrs</c>. Linux only.</summary>
    public static int SCTP_GET_PEER_ADDRS => Of(108, Absent, Absent);

    /// <summary>Implementation of <c>sctp_getladdrs</c>: an <c>sctp_getaddrs</c>. Linux only.</summary>
    public static int SCTP_GET_LOCAL_ADDRS => Of(109, Absent, Absent);

    /// <summary>Implementation of <c>sctp_connectx</c>: a packed list of addresses. Linux only.</summary>
    public static int SCTP_SOCKOPT_CONNECTX => Of(110, Absent, Absent);

    /// <summary>Instead of an association's id: future associations. Not on macOS.</summary>
    public static int SCTP_FUTURE_ASSOC => Of(0, Absent, 0);

    /// <summary>Instead of an association's id: existing associations. Not on macOS.</summary>
    public static int SCTP_CURRENT_ASSOC => Of(1, Absent, 1);

    /// <summary>Instead of an association's id: existing and future associations. Not on macOS.</summary>
    public static int SCTP_ALL_ASSOC => Of(2, Absent, 2);
}
