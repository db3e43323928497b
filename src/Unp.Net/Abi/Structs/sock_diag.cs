using System.Runtime.CompilerServices;

namespace Unp.Net;

/// <summary>The identity of an IPv4 or IPv6 socket: addresses, ports, interface and cookie. (sock_diag(7)) Linux only.</summary>
public struct inet_diag_sockid
{
    /// <summary>The local port in network order; the protocol of a raw socket.</summary>
    public ushort idiag_sport;

    /// <summary>The remote port in network order; 0 if there is none.</summary>
    public ushort idiag_dport;

    /// <summary>The local address. An IPv4 address uses the first four bytes.</summary>
    public inet_diag_address idiag_src;

    /// <summary>The remote address.</summary>
    public inet_diag_address idiag_dst;

    /// <summary>The index of the interface to which the socket is bound; 0 if it is not.</summary>
    public uint idiag_if;

    /// <summary>A number that is unique until the next start of the system. All ones in a request stand for any socket.</summary>
    public inet_diag_cookie idiag_cookie;

    /// <summary>Returns the fields as <c>strace(1)</c> prints them.</summary>
    public override readonly string ToString() =>
        $"{{idiag_sport={idiag_sport}, idiag_dport={idiag_dport}, idiag_src={idiag_src}, idiag_dst={idiag_dst}, idiag_if={idiag_if}, "
        + $"idiag_cookie={idiag_cookie}}}";
}

/// <summary>The 16 bytes of an address in <see cref="inet_diag_sockid"/>, in network order.</summary>
[InlineArray(16)]
public struct inet_diag_address
{
    byte first;

    /// <summary>Returns the bytes in hexadecimal.</summary>
    public override readonly string ToString() => Convert.ToHexStringLower(this);
}

/// <summary>The two halves of a cookie, the lower one first.</summary>
[InlineArray(2)]
public struct inet_diag_cookie
{
    uint first;

    /// <summary>Returns both halves.</summary>
    public override readonly string ToString() => $"[{this[0]}, {this[1]}]";
}

/// <summary>A request for IPv4 or IPv6 sockets. (sock_diag(7)) Linux only.</summary>
public struct inet_diag_req_v2
{
    /// <summary>AF_INET or AF_INET6.</summary>
    public byte sdiag_family;

    /// <summary>IPPROTO_TCP, IPPROTO_UDP, IPPROTO_RAW...</summary>
    public byte sdiag_protocol;

    /// <summary>The wanted attributes: for each <c>INET_DIAG_*</c> the bit of its number minus 1.</summary>
    public byte idiag_ext;

    /// <summary>Must be 0, except for raw sockets, where it is the protocol.</summary>
    public byte pad;

    /// <summary>The wanted states: for each <c>TCP_*</c> the bit of its number.</summary>
    public uint idiag_states;

    /// <summary>Ports that are not 0 select sockets.</summary>
    public inet_diag_sockid id;

    /// <summary>Returns the fields as <c>strace(1)</c> prints them.</summary>
    public override readonly string ToString() =>
        $"{{sdiag_family={sdiag_family}, sdiag_protocol={sdiag_protocol}, idiag_ext=0x{idiag_ext:x}, idiag_states=0x{idiag_states:x}, "
        + $"id={id}}}";
}

/// <summary>An IPv4 or IPv6 socket, in front of its attributes. (sock_diag(7)) Linux only.</summary>
public struct inet_diag_msg
{
    /// <summary>AF_INET or AF_INET6.</summary>
    public byte idiag_family;

    /// <summary><c>TCP_*</c>; UDP and raw sockets have TCP_ESTABLISHED if they are connected, otherwise TCP_CLOSE.</summary>
    public byte idiag_state;

    /// <summary>The running timer: 0 none, 1 retransmission, 2 keep-alive, 3 TIME_WAIT, 4 probe of a closed window.</summary>
    public byte idiag_timer;

    /// <summary>The number of retransmissions or probes.</summary>
    public byte idiag_retrans;

    /// <summary>The identity.</summary>
    public inet_diag_sockid id;

    /// <summary>The time until the timer expires, in milliseconds.</summary>
    public uint idiag_expires;

    /// <summary>Bytes to read; for a listening socket the number of connections that wait for <c>accept</c>.</summary>
    public uint idiag_rqueue;

    /// <summary>Bytes not yet acknowledged; for a listening socket the limit of waiting connections.</summary>
    public uint idiag_wqueue;

    /// <summary>The owner's user id.</summary>
    public uint idiag_uid;

    /// <summary>The inode, which <c>/proc/PID/fd</c> names; 0 if no process has the socket open.</summary>
    public uint idiag_inode;

    /// <summary>Returns the fields as <c>strace(1)</c> prints them.</summary>
    public override readonly string ToString() =>
        $"{{idiag_family={idiag_family}, idiag_state={idiag_state}, idiag_timer={idiag_timer}, idiag_retrans={idiag_retrans}, id={id}, "
        + $"idiag_expires={idiag_expires}, idiag_rqueue={idiag_rqueue}, idiag_wqueue={idiag_wqueue}, idiag_uid={idiag_uid}, "
        + $"idiag_inode={idiag_inode}}}";
}

/// <summary>A request for Unix domain sockets. (sock_diag(7)) Linux only.</summary>
public struct unix_diag_req
{
    /// <summary>AF_UNIX.</summary>
    public byte sdiag_family;

    /// <summary>Must be 0.</summary>
    public byte sdiag_protocol;

    /// <summary>Must be 0.</summary>
    public ushort pad;

    /// <summary>The wanted states: for each <c>TCP_*</c> the bit of its number.</summary>
    public uint udiag_states;

    /// <summary>The inode, for a request of one socket.</summary>
    public uint udiag_ino;

    /// <summary>The wanted attributes: <c>UDIAG_SHOW_*</c>.</summary>
    public uint udiag_show;

    /// <summary>The cookie, for a request of one socket.</summary>
    public inet_diag_cookie udiag_cookie;

    /// <summary>Returns the fields as <c>strace(1)</c> prints them.</summary>
    public override readonly string ToString() =>
        $"{{sdiag_family={sdiag_family}, sdiag_protocol={sdiag_protocol}, udiag_states=0x{udiag_states:x}, udiag_ino={udiag_ino}, "
        + $"udiag_show=0x{udiag_show:x}, udiag_cookie={udiag_cookie}}}";
}

/// <summary>A Unix domain socket, in front of its attributes. (sock_diag(7)) Linux only.</summary>
public struct unix_diag_msg
{
    /// <summary>AF_UNIX.</summary>
    public byte udiag_family;

    /// <summary>SOCK_STREAM, SOCK_DGRAM or SOCK_SEQPACKET.</summary>
    public byte udiag_type;

    /// <summary>TCP_ESTABLISHED, TCP_LISTEN or TCP_CLOSE.</summary>
    public byte udiag_state;

    /// <summary>Unused.</summary>
    public byte pad;

    /// <summary>The inode.</summary>
    public uint udiag_ino;

    /// <summary>A number that is unique until the next start of the system.</summary>
    public inet_diag_cookie udiag_cookie;

    /// <summary>Returns the fields as <c>strace(1)</c> prints them.</summary>
    public override readonly string ToString() =>
        $"{{udiag_family={udiag_family}, udiag_type={udiag_type}, udiag_state={udiag_state}, udiag_ino={udiag_ino}, "
        + $"udiag_cookie={udiag_cookie}}}";
}

/// <summary>The content of <see cref="Libc.UNIX_DIAG_VFS"/>. (sock_diag(7)) Linux only.</summary>
public struct unix_diag_vfs
{
    /// <summary>The inode of the file.</summary>
    public uint udiag_vfs_ino;

    /// <summary>The device of the file.</summary>
    public uint udiag_vfs_dev;

    /// <summary>Returns the fields as <c>strace(1)</c> prints them.</summary>
    public override readonly string ToString() => $"{{udiag_vfs_dev={udiag_vfs_dev}, udiag_vfs_ino={udiag_vfs_ino}}}";
}

/// <summary>The content of <see cref="Libc.UNIX_DIAG_RQLEN"/>. (sock_diag(7)) Linux only.</summary>
public struct unix_diag_rqlen
{
    /// <summary>Bytes to read; for a listening socket the number of connections that wait for <c>accept</c>.</summary>
    public uint udiag_rqueue;

    /// <summary>Bytes that the peer has not read; for a listening socket the limit of waiting connections.</summary>
    public uint udiag_wqueue;

    /// <summary>Returns the fields as <c>strace(1)</c> prints them.</summary>
    public override readonly string ToString() => $"{{udiag_rqueue={udiag_rqueue}, udiag_wqueue={udiag_wqueue}}}";
}
