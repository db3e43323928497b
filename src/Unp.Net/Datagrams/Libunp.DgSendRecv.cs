using System.Runtime.InteropServices;
using static Unp.Net.Libc;

namespace Unp.Net;

public static unsafe partial class Libunp
{
    /// <summary>
    /// Sends a request and waits for its answer, reliably: a lost request or answer leads to a retransmission, with a timeout that follows
    /// from the measured round-trip times (UNP 22.5).
    /// </summary>
    /// <remarks>
    /// <para>A header of 8 bytes precedes the request: its sequence number and a time stamp, in the byte order of this host. The server
    /// must return the header unchanged before its answer, as an echo server does. A server may get a request more than once.</para>
    /// <para>Datagrams that are no answer to this request are ignored and counted in <paramref name="exchange"/>. They do not extend the
    /// timeout. The wait uses the exact <see cref="RttInfo.Rto"/>, which C rounds to seconds.</para>
    /// </remarks>
    /// <param name="fd">A datagram socket of any family, connected or not, blocking or not.</param>
    /// <param name="outbuff">The request.</param>
    /// <param name="inbuff">A buffer for the answer. The rest of a longer answer is lost.</param>
    /// <param name="exchange">The state of this client.</param>
    /// <param name="destaddr">
    /// The server, whose answers must have this address as their sender. Omit it on a connected socket.
    /// </param>
    /// <returns>The number of bytes of the answer, without the header.</returns>
    /// <exception cref="UnpException">
    /// ETIMEDOUT: no answer after the last retransmission. ECONNREFUSED, EHOSTUNREACH: the same, reported by ICMP to a connected socket.
    /// EMSGSIZE: the request is too long. EDESTADDRREQ: <paramref name="destaddr"/> is missing.
    /// </exception>
    /// <exception cref="ObjectDisposedException"><paramref name="exchange"/> is disposed.</exception>
    /// <example>
    /// <code>
    /// using var exchange = new DgExchange();
    /// int n = Dg_send_recv(udp, "question"u8, buffer, exchange, address);
    /// </code>
    /// </example>
    public static int Dg_send_recv(
        SafeHandle fd, ReadOnlySpan<byte> outbuff, Span<byte> inbuff, DgExchange exchange, in SockAddr destaddr = default)
    {
        int n = dg_send_recv(fd, outbuff, inbuff, exchange, destaddr);
        return n >= 0 ? n : throw (destaddr.Length > 0 ? Failed("dg_send_recv", destaddr) : Failed("dg_send_recv", fd));
    }

    /// <summary>
    /// Works like <see cref="Dg_send_recv"/>, but returns -1 with the error in <see cref="Errno.Last"/> instead of throwing (UNP 22.5).
    /// </summary>
    public static int dg_send_recv(
        SafeHandle fd, ReadOnlySpan<byte> outbuff, Span<byte> inbuff, DgExchange exchange, in SockAddr destaddr = default)
    {
        Check(fd);
        ArgumentNullException.ThrowIfNull(exchange);
        uint number = exchange.Begin();
        while (true)
        {
            var header = new DgHeader { Sequence = number, Stamp = rtt_ts(exchange.Rtt) };
            if (exchange.IsTraced)
                PrintTrace($"send {(int)number,4}: {exchange.Rtt}");
            if (SendRequest(fd, header, outbuff, destaddr) < 0)
                break;
            int n = AwaitAnswer(fd, inbuff, exchange, destaddr, out bool isTimeout);
            if (n >= 0)
                return n;
            if (!isTimeout)
                break;
            if (!exchange.TryRetransmit())
            {
                if (exchange.IsTraced)
                    PrintTrace("dg_send_recv: no response from server, giving up");
                exchange.Fail(isTimeout: true);
                Errno.Last = Errno.ETIMEDOUT;
                return -1;
            }
            if (exchange.IsTraced)
                PrintTrace("dg_send_recv: timeout, retransmitting");
        }
        exchange.Fail(isTimeout: false);
        return -1;
    }

    /// <summary>The book's <c>struct hdr</c>, in the byte order of this host.</summary>
    struct DgHeader
    {
        public uint Sequence;
        public uint Stamp;
    }

    static nint SendRequest(SafeHandle fd, DgHeader header, ReadOnlySpan<byte> outbuff, in SockAddr destaddr)
    {
        fixed (byte* data = outbuff)
        {
            ReadOnlySpan<iovec> iov = [new iovec(&header, sizeof(DgHeader)), new iovec(data, outbuff.Length)];
            nint n = SendRaw(fd, iov, 0, destaddr, default);

            // A full queue loses the datagram, as the network may.
            return n < 0 && Errno.Last.IsAny(Errno.EAGAIN, Errno.ENOBUFS) ? 0 : n;
        }
    }

    /// <summary>Waits for the answer for the time of the RTO. Returns its length, or -1 with the error or a timeout.</summary>
    static int AwaitAnswer(SafeHandle fd, Span<byte> inbuff, DgExchange exchange, in SockAddr destaddr, out bool isTimeout)
    {
        long begun = exchange.Now;
        isTimeout = false;
        fixed (byte* data = inbuff)
        {
            DgHeader header;
            Span<iovec> iov = [new iovec(&header, sizeof(DgHeader)), new iovec(data, inbuff.Length)];
            while (true)
            {
                // A socket can look readable and have no datagram, because the kernel verifies the checksum only now.
                MessageFacts.Begin(out MessageFacts facts);
                bool isEmpty = !RecvRaw(fd, iov, MSG_DONTWAIT, default, default, ref facts);
                if (isEmpty && Errno.Last != Errno.EAGAIN)
                    return -1;
                if (!isEmpty && facts.Length < sizeof(DgHeader))
                {
                    exchange.Refuse();
                }
                else if (!isEmpty)
                {
                    if (exchange.IsTraced)
                        PrintTrace($"recv {(int)header.Sequence,4}");
                    if (exchange.TryAccept(IsFrom(destaddr, facts.Sender), header.Sequence, header.Stamp))
                        return facts.Length - sizeof(DgHeader);
                }

                // The time is looked at after each datagram, so that a flood of them delays no retransmission.
                TimeSpan rest = exchange.RestSince(begun);
                if (rest > TimeSpan.Zero && isEmpty)
                    WaitForAnswer(fd, exchange, begun, rest);
                isTimeout = rest == TimeSpan.Zero;
                if (isTimeout)
                    return -1;
            }
        }
    }

    /// <summary>Waits until the socket is readable or the timeout is over. It may return earlier.</summary>
    static void WaitForAnswer(SafeHandle fd, DgExchange exchange, long begun, TimeSpan rest)
    {
        Fd? alarm = exchange.Alarm;
        exchange.SetAlarm(rest);
        if (alarm is not null && exchange.RestSince(begun) == TimeSpan.Zero)
            return; // the time passed before the timer was set
        Span<pollfd> fds =
        [
            new pollfd { fd = Hold(fd), events = POLLIN },
            new pollfd { fd = alarm is null ? -1 : (int)alarm.DangerousGetHandle(), events = POLLIN },
        ];
        try
        {
            int milliseconds = alarm is null ? (int)Math.Min(int.MaxValue, Math.Ceiling(rest.TotalMilliseconds)) : -1;
            _ = poll(fds, milliseconds);
        }
        finally
        {
            fd.DangerousRelease();
        }
    }

    /// <summary>Returns whether a datagram comes from the peer. The kernel filters the senders of a connected socket itself.</summary>
    static bool IsFrom(in SockAddr peer, in SockAddr sender)
    {
        if (peer.Length == 0 || sender == peer)
            return true;

        // The socket may be bound to the interface that the peer's address does not name.
        SockAddr unscoped = sender;
        if (unscoped.Family != AF_INET6 || !unscoped.HasPort)
            return false;
        unscoped.ScopeId = 0;
        return unscoped == peer;
    }

    static void PrintTrace(string line) => ErrorOutput.Print(LOG_DEBUG, line);
}
