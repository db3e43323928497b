using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Unp.Samples.ping;

/// <summary>
/// The parts of <see cref="ping"/> that IPv4 and IPv6 share, and those in which they differ: the book's <c>struct proto</c> (UNP 28.5).
/// </summary>
/// <remarks>
/// A raw socket receives the ICMP messages of the whole host. Without rights the socket is an ICMP datagram socket of Linux. Its kernel
/// sets the identifier, and passes only the replies with that identifier.
/// </remarks>
abstract class EchoProtocol : IDisposable
{
    const string WithoutRights = ", or a group in net.ipv4.ping_group_range";

    const int HeaderLength = 8;
    const int TokenLength = 8;

    static readonly int TimeLength = Unsafe.SizeOf<timeval>();

    readonly SockAddr sasend;
    readonly bool readsErrors;
    readonly byte[] sendbuf;
    readonly byte[] recvbuf = new byte[ushort.MaxValue];
    readonly byte[] controlbuf = new byte[ControlSpace.Number + ControlSpace.Timestamp + ControlSpace.ExtendedError];

    protected EchoProtocol(in SockAddr to, int datalen, bool verbose, int protocol)
    {
        sasend = to;
        Verbose = verbose;
        sendbuf = new byte[HeaderLength + datalen];
        Span<byte> data = sendbuf.AsSpan(HeaderLength);
        data.Fill(0xa5);
        if (data.Length >= TimeLength + TokenLength)
            Random.Shared.NextBytes(data.Slice(TimeLength, TokenLength));
        (Sockfd, IsRaw) = Open(to.Family, protocol);

        // A datagram socket receives no errors that ICMP reports, but its error queue does.
        readsErrors = verbose && !IsRaw;
        if (readsErrors)
            Setsockopt(Sockfd, to.Family == AF_INET ? SocketOptions.IpRecvErr : SocketOptions.Ipv6RecvErr, true);
        Setsockopt(Sockfd, SocketOptions.Timestamp, true);
    }

    bool HasTime => sendbuf.Length >= HeaderLength + TimeLength;

    public Fd Sockfd { get; }

    public PingStatistics Statistics { get; } = new();

    /// <summary>Gets whether the socket is raw.</summary>
    protected bool IsRaw { get; }

    protected bool Verbose { get; }

    /// <summary>Gets the identifier of the requests, by which this process knows its replies.</summary>
    protected ushort Ident { get; } = (ushort)getpid();

    /// <summary>Sends the next request. Only a failure of the first one ends the program.</summary>
    public void Send()
    {
        long sequence = Statistics.Sent;
        Statistics.AddRequest();
        if (HasTime)
            MemoryMarshal.Write(sendbuf.AsSpan(HeaderLength), timeval.FromDateTimeOffset(DateTimeOffset.UtcNow));
        WriteHeader(sendbuf, (ushort)sequence);
        if (TrySendmsg(Sockfd, sendbuf, out _, 0, sasend))
            return;
        string hint = Errno.Last == Errno.EACCES ? "; -b allows a broadcast" : "";
        var failure = new UnpException(Errno.Last, "sendto", Sock_ntop_host(sasend) + hint);
        if (sequence == 0)
            throw failure;
        err_msg(failure.Message);
    }

    /// <summary>Receives a message, or an error from the queue, and prints it.</summary>
    public void Receive()
    {
        if (readsErrors && TryRecvmsg(Sockfd, recvbuf, out ReceivedMessage queued, MSG_ERRQUEUE | MSG_DONTWAIT, controlbuf))
        {
            if (queued.TryGetError(out ExtendedError error))
                PrintOther(queued.Length, error.Offender, error.Type, error.Code);
        }
        else if (TryRecvmsg(Sockfd, recvbuf, out ReceivedMessage msg, MSG_DONTWAIT, controlbuf))
        {
            Process(recvbuf.AsSpan(0, msg.Length), msg.Address, msg.TryGetHopLimit(out int hops) ? hops : null, Arrival.TimeOf(msg));
        }
        else if (Errno.Last != Errno.EAGAIN)
        {
            err_ret("recvmsg error");
        }
    }

    public void Dispose() => Sockfd.Dispose();

    /// <summary>Writes the header of a request, with a checksum if the program must supply it.</summary>
    protected abstract void WriteHeader(Span<byte> request, ushort sequence);

    /// <summary>Prints a received message if it is a reply to this process, or if all are printed.</summary>
    /// <param name="received">The message. A raw socket of IPv4 passes it with the IPv4 header.</param>
    /// <param name="from">The sender.</param>
    /// <param name="hops">The TTL or hop limit from the control data.</param>
    /// <param name="tvrecv">The time of arrival.</param>
    protected abstract void Process(Span<byte> received, in SockAddr from, int? hops, DateTimeOffset tvrecv);

    /// <summary>Prints a reply to this process and returns true. A raw socket also receives replies to other programs.</summary>
    /// <param name="from">The sender.</param>
    /// <param name="ident">The identifier of the reply.</param>
    /// <param name="sequence">The sequence number.</param>
    /// <param name="data">The data of the reply.</param>
    /// <param name="hops">The name and the value of the hop count: <c>ttl=64</c>.</param>
    /// <param name="tvrecv">The time of arrival.</param>
    protected bool TryPrintReply(
        in SockAddr from, ushort ident, ushort sequence, ReadOnlySpan<byte> data, string hops, DateTimeOffset tvrecv)
    {
        if ((IsRaw && ident != Ident) || !Statistics.WasSent(sequence))
            return false;
        // Another program may use the same identifier, but not the same data.
        int known = HasTime ? TimeLength : 0;
        if (data.Length != sendbuf.Length - HeaderLength || !data[known..].SequenceEqual(sendbuf.AsSpan(HeaderLength + known)))
            return false;
        double? rtt = HasTime ? (tvrecv - MemoryMarshal.Read<timeval>(data).ToDateTimeOffset()).TotalMilliseconds : null;
        Statistics.AddReply(sequence, rtt);
        string time = rtt is { } ms ? FormattableString.Invariant($", rtt={ms:F3} ms") : "";
        Console.WriteLine($"{HeaderLength + data.Length} bytes from {Sock_ntop_host(from)}: seq={sequence}, {hops}{time}");
        return true;
    }

    /// <summary>Prints a message that is no reply to this process, if <c>-v</c> is given.</summary>
    protected void PrintOther(int length, in SockAddr from, int type, int code)
    {
        if (Verbose)
            Console.WriteLine($"  {length} bytes from {Sock_ntop_host(from)}: type = {type}, code = {code}");
    }

    /// <summary>Creates a raw socket, or without rights an ICMP datagram socket.</summary>
    static (Fd Sockfd, bool IsRaw) Open(int family, int protocol)
    {
        try
        {
            return (Socket(family, SOCK_RAW, protocol), true);
        }
        catch (UnpException refused) when (refused.Errno.IsAny(Errno.EPERM, Errno.EACCES))
        {
            return (RawSocket.Open(family, SOCK_DGRAM, protocol, WithoutRights), false);
        }
    }
}
