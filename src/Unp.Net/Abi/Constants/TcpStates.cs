using static Unp.Net.Abi.Constant;

namespace Unp.Net;

// States of a connection (TCP_* in tcp_info of Linux, TCPS_* in the structures of FreeBSD and macOS), and bits of tcpi_options and
// tcpi_flags.
// The columns: Linux, macOS, FreeBSD.
public static partial class Libc
{
    /// <summary>Connected. Linux only.</summary>
    public static int TCP_ESTABLISHED => Of(1, Absent, Absent);

    /// <summary><c>connect</c> has sent its SYN. Linux only.</summary>
    public static int TCP_SYN_SENT => Of(2, Absent, Absent);

    /// <summary>A SYN was received and answered. Linux only.</summary>
    public static int TCP_SYN_RECV => Of(3, Absent, Absent);

    /// <summary>Closed by this side; its FIN is not yet acknowledged. Linux only.</summary>
    public static int TCP_FIN_WAIT1 => Of(4, Absent, Absent);

    /// <summary>Closed by this side and acknowledged; the peer may continue to send. Linux only.</summary>
    public static int TCP_FIN_WAIT2 => Of(5, Absent, Absent);

    /// <summary>Closed by both sides, this side first; waiting until no segment can be in the network. Linux only.</summary>
    public static int TCP_TIME_WAIT => Of(6, Absent, Absent);

    /// <summary>No connection. Linux only.</summary>
    public static int TCP_CLOSE => Of(7, Absent, Absent);

    /// <summary>Closed by the peer; this side may continue to send. Linux only.</summary>
    public static int TCP_CLOSE_WAIT => Of(8, Absent, Absent);

    /// <summary>Closed by both sides, the peer first; the FIN of this side is not yet acknowledged. Linux only.</summary>
    public static int TCP_LAST_ACK => Of(9, Absent, Absent);

    /// <summary>Listening for connections. Linux only.</summary>
    public static int TCP_LISTEN => Of(10, Absent, Absent);

    /// <summary>Closed by both sides at the same time; the FIN of this side is not yet acknowledged. Linux only.</summary>
    public static int TCP_CLOSING => Of(11, Absent, Absent);

    /// <summary>Another name of <see cref="TCP_CLOSE"/>. Not on Linux.</summary>
    public static int TCPS_CLOSED => Of(Absent, 0, 0);

    /// <summary>Another name of <see cref="TCP_LISTEN"/>. Not on Linux.</summary>
    public static int TCPS_LISTEN => Of(Absent, 1, 1);

    /// <summary>Another name of <see cref="TCP_SYN_SENT"/>. Not on Linux.</summary>
    public static int TCPS_SYN_SENT => Of(Absent, 2, 2);

    /// <summary>Another name of <see cref="TCP_SYN_RECV"/>. Not on Linux.</summary>
    public static int TCPS_SYN_RECEIVED => Of(Absent, 3, 3);

    /// <summary>Another name of <see cref="TCP_ESTABLISHED"/>. Not on Linux.</summary>
    public static int TCPS_ESTABLISHED => Of(Absent, 4, 4);

    /// <summary>Another name of <see cref="TCP_CLOSE_WAIT"/>. Not on Linux.</summary>
    public static int TCPS_CLOSE_WAIT => Of(Absent, 5, 5);

    /// <summary>Another name of <see cref="TCP_FIN_WAIT1"/>. Not on Linux.</summary>
    public static int TCPS_FIN_WAIT_1 => Of(Absent, 6, 6);

    /// <summary>Another name of <see cref="TCP_CLOSING"/>. Not on Linux.</summary>
    public static int TCPS_CLOSING => Of(Absent, 7, 7);

    /// <summary>Another name of <see cref="TCP_LAST_ACK"/>. Not on Linux.</summary>
    public static int TCPS_LAST_ACK => Of(Absent, 8, 8);

    /// <summary>Another name of <see cref="TCP_FIN_WAIT2"/>. Not on Linux.</summary>
    public static int TCPS_FIN_WAIT_2 => Of(Absent, 9, 9);

    /// <summary>Another name of <see cref="TCP_TIME_WAIT"/>. Not on Linux.</summary>
    public static int TCPS_TIME_WAIT => Of(Absent, 10, 10);

    /// <summary>tcpi_ca_state: nothing unusual. Linux only.</summary>
    public static int TCP_CA_Open => Of(0, Absent, Absent);

    /// <summary>tcpi_ca_state: duplicate or selective acknowledgements arrived, so a segment may be lost. Linux only.</summary>
    public static int TCP_CA_Disorder => Of(1, Absent, Absent);

    /// <summary>tcpi_ca_state: the window shrinks, because a router or this host reported congestion. Linux only.</summary>
    public static int TCP_CA_CWR => Of(2, Absent, Absent);

    /// <summary>tcpi_ca_state: a segment is lost and being retransmitted. Linux only.</summary>
    public static int TCP_CA_Recovery => Of(3, Absent, Absent);

    /// <summary>tcpi_ca_state: a time-out; all segments are being retransmitted. Linux only.</summary>
    public static int TCP_CA_Loss => Of(4, Absent, Absent);

    /// <summary>tcpi_options: timestamps. Not on macOS.</summary>
    public static int TCPI_OPT_TIMESTAMPS => Of(1, Absent, 1);

    /// <summary>tcpi_options: selective acknowledgements. Not on macOS.</summary>
    public static int TCPI_OPT_SACK => Of(2, Absent, 2);

    /// <summary>tcpi_options: window scale. Not on macOS.</summary>
    public static int TCPI_OPT_WSCALE => Of(4, Absent, 4);

    /// <summary>tcpi_options: explicit congestion notification was negotiated. Not on macOS.</summary>
    public static int TCPI_OPT_ECN => Of(8, Absent, 8);

    /// <summary>tcpi_options: a packet that supports congestion marks has arrived. Linux only.</summary>
    public static int TCPI_OPT_ECN_SEEN => Of(16, Absent, Absent);

    /// <summary>tcpi_options: the data in the SYN was acknowledged, or accepted. Linux only.</summary>
    public static int TCPI_OPT_SYN_DATA => Of(32, Absent, Absent);

    /// <summary>tcpi_options: the network card processes TCP. FreeBSD only.</summary>
    public static int TCPI_OPT_TOE => Of(Absent, Absent, 16);

    /// <summary>tcpi_options: fast open. FreeBSD only.</summary>
    public static int TCPI_OPT_TFO => Of(Absent, Absent, 32);

    /// <summary>tcpi_options: timestamps. macOS only.</summary>
    public static int TCPCI_OPT_TIMESTAMPS => Of(Absent, 1, Absent);

    /// <summary>tcpi_options: selective acknowledgements. macOS only.</summary>
    public static int TCPCI_OPT_SACK => Of(Absent, 2, Absent);

    /// <summary>tcpi_options: window scale. macOS only.</summary>
    public static int TCPCI_OPT_WSCALE => Of(Absent, 4, Absent);

    /// <summary>tcpi_options: explicit congestion notification. macOS only.</summary>
    public static int TCPCI_OPT_ECN => Of(Absent, 8, Absent);

    /// <summary>tcpi_flags: a segment is lost and being retransmitted. macOS only.</summary>
    public static int TCPCI_FLAG_LOSSRECOVERY => Of(Absent, 1, Absent);

    /// <summary>tcpi_flags: segments arrived out of order. macOS only.</summary>
    public static int TCPCI_FLAG_REORDERING_DETECTED => Of(Absent, 2, Absent);
}
