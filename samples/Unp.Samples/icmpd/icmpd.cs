using System.Net;
using Unp.Net.Packets;
using Unp.Samples.unixdomain;

namespace Unp.Samples.icmpd;

/// <summary>
/// The daemon that receives ICMP errors for other programs (UNP 28.7). A client passes its UDP socket over a Unix socket.
/// From then on it gets a record for each ICMP error that one of its datagrams has caused. No client can end or block the daemon.
/// </summary>
static class icmpd
{
    public static void Main(string[] args, ProgramOptions options)
    {
        if (args.Length != 0)
            options.Usage();

        using Fd fd4 = RawSocket.Open(AF_INET, SOCK_RAW, IPPROTO_ICMP);
        using Fd fd6 = RawSocket.Open(AF_INET6, SOCK_RAW, IPPROTO_ICMPV6);
        Setsockopt(fd6, SocketOptions.Icmp6Filter, Errors());
        string path = UnixPath.Of(options, IcmpdError.ICMPD_PATH);
        using Fd listenfd = Socket(AF_UNIX, SOCK_STREAM);
        BindUnix(listenfd, path);
        File.SetUnixFileMode(path, (UnixFileMode)0b110_110_110); // clients have no rights
        Listen(listenfd);
        options.Ready(listenfd);

        var daemon = new Sockets(listenfd, fd4, fd6);
        while (true)
            daemon.ServeReady();
    }

    static Icmp6Filter Errors()
    {
        Icmp6Filter filter = Icmp6Filter.BlockAll;
        filter.Pass((int)Icmpv6Type.DestinationUnreachable);
        filter.Pass((int)Icmpv6Type.PacketTooBig);
        filter.Pass((int)Icmpv6Type.TimeExceeded);
        filter.Pass((int)Icmpv6Type.ParameterProblem);
        return filter;
    }

    /// <summary>The sockets of the daemon, and what is done when one of them is readable.</summary>
    sealed class Sockets(Fd listenfd, Fd fd4, Fd fd6)
    {
        readonly ulong? networkNamespace = IcmpdClient.NamespaceOf(fd4);
        readonly List<IcmpdClient> clients = [];
        readonly byte[] buf = new byte[ushort.MaxValue];
        FdSet allset = SetOf(listenfd, fd4, fd6);
        bool isReported;

        public void ServeReady()
        {
            FdSet rset = allset;
            Select(rset.Maxfdp1, ref rset);

            if (rset.IsSet(listenfd))
                readable_listen();
            if (rset.IsSet(fd4))
                readable_v4();
            if (rset.IsSet(fd6))
                readable_v6();
            for (int i = clients.Count - 1; i >= 0; i--)
            {
                if (rset.IsSet(clients[i].Connfd))
                    readable_conn(i);
            }
        }

        /// <summary>Accepts a client.</summary>
        void readable_listen()
        {
            if (Acceptor.AcceptOrPause(listenfd, ref isReported) is not { } connfd)
                return;
            isReported = false;
            if (!FdSet.Fits(connfd))
            {
                err_msg($"too many clients: {connfd} does not fit into a set of {FdSet.Capacity}");
                connfd.Dispose();
                return;
            }
            allset.Set(connfd);
            clients.Add(new IcmpdClient(connfd));
            Console.WriteLine($"new connection, i = {clients.Count - 1}, connfd = {connfd.DangerousGetHandle()}");
        }

        /// <summary>Receives the UDP socket of a client, or the end of the client.</summary>
        void readable_conn(int i)
        {
            IcmpdClient client = clients[i];
            Span<byte> one = stackalloc byte[1];
            int n = read_fd(client.Connfd, one, out Fd? recvfd);
            if (n <= 0)
            {
                Remove(i);
                return;
            }

            bool isRegistered = recvfd is not null && client.TryRegister(recvfd, networkNamespace);
            Release(recvfd, isRegistered);
            if (!TrySend(client.Connfd, isRegistered ? "1"u8 : "0"u8, out _))
                Remove(i);
        }

        /// <summary>Receives an ICMP message.</summary>
        void readable_v4()
        {
            if (!TryRecvmsg(fd4, buf, out ReceivedMessage msg, MSG_DONTWAIT)
                || !RawSocket.TryReadIpv4(buf.AsSpan(0, msg.Length), out Ipv4Packet packet)
                || !IcmpMessage.TryRead(packet.Payload, out IcmpMessage icmp))
            {
                return;
            }
            IcmpHeader header = icmp.Header;
            PrintMessage("ICMPv4", packet.Payload.Length, msg.Address, (int)header.Type, header.Code);
            if (header.Type == IcmpType.Redirect || !icmp.TryGetQuotedPacket(out Ipv4Packet quoted))
                return;

            Ipv4Header hip = quoted.Header;
            Console.WriteLine($"\tsrcip = {hip.SourceAddress}, dstip = {hip.DestinationAddress}, proto = {hip.Protocol}");
            Errno error = (header.Type, header.Code) switch
            {
                (IcmpType.DestinationUnreachable, 2 or 3) => Errno.ECONNREFUSED,
                (IcmpType.DestinationUnreachable, 4) => Errno.EMSGSIZE,
                (IcmpType.ParameterProblem, _) => Errno.EPROTO,
                _ => Errno.EHOSTUNREACH,
            };
            var icmpd_err = new IcmpdError(error, (byte)header.Type, header.Code, new SockAddr(hip.DestinationAddress.ToIPAddress(), 0));
            if (hip.Protocol == IPPROTO_UDP)
                Notify(icmpd_err, hip.SourceAddress.ToIPAddress(), quoted.Payload);
        }

        /// <summary>Receives an ICMPv6 message.</summary>
        void readable_v6()
        {
            if (!TryRecvmsg(fd6, buf, out ReceivedMessage msg, MSG_DONTWAIT)
                || !Icmpv6Message.TryRead(buf.AsSpan(0, msg.Length), out Icmpv6Message icmp6))
            {
                return;
            }
            Icmpv6Header header = icmp6.Header;
            PrintMessage("ICMPv6", msg.Length, msg.Address, (int)header.Type, header.Code);
            if (!icmp6.TryGetQuotedPacket(out Ipv6Packet quoted) || !quoted.TryGetUpper(out int proto, out ReadOnlySpan<byte> segment))
                return;

            Ipv6Header hip6 = quoted.Header;
            Console.WriteLine($"\tsrcip = {hip6.SourceAddress}, dstip = {hip6.DestinationAddress}, next hdr = {proto}");
            Errno error = (header.Type, header.Code) switch
            {
                (Icmpv6Type.DestinationUnreachable, 4) => Errno.ECONNREFUSED,
                (Icmpv6Type.PacketTooBig, _) => Errno.EMSGSIZE,
                (Icmpv6Type.ParameterProblem, _) => Errno.EPROTO,
                _ => Errno.EHOSTUNREACH,
            };
            var icmpd_err = new IcmpdError(error, (byte)header.Type, header.Code, new SockAddr(hip6.DestinationAddress.ToIPAddress(), 0));
            if (proto == IPPROTO_UDP)
                Notify(icmpd_err, hip6.SourceAddress.ToIPAddress(), segment);
        }

        static void PrintMessage(string protocol, int length, in SockAddr from, int type, int code) =>
            Console.WriteLine($"{length} bytes {protocol} from {Sock_ntop_host(from)}: type = {type}, code = {code}");

        /// <summary>Sends the error to each client that has sent the quoted datagram.</summary>
        /// <param name="icmpd_err">The error, whose destination has no port yet.</param>
        /// <param name="from">The source address of the datagram.</param>
        /// <param name="segment">The UDP header of the datagram.</param>
        void Notify(IcmpdError icmpd_err, IPAddress from, ReadOnlySpan<byte> segment)
        {
            if (!UdpDatagram.TryRead(segment, out UdpDatagram udp))
                return;
            var source = new SockAddr(from, udp.Header.SourcePort);
            icmpd_err = icmpd_err with { Destination = new SockAddr(icmpd_err.Destination.Address, udp.Header.DestinationPort) };
            for (int i = clients.Count - 1; i >= 0; i--)
            {
                if (clients[i].HasSent(source) && !clients[i].TryNotify(icmpd_err))
                    Remove(i);
            }
        }

        void Remove(int i)
        {
            allset.Clr(clients[i].Connfd);
            clients[i].Dispose();
            clients.RemoveAt(i);
        }

        /// <summary>Closes a passed descriptor. Only that of a UDP socket cannot block, as a TCP socket with SO_LINGER does.</summary>
        static void Release(Fd? recvfd, bool isUdp)
        {
            if (isUdp)
                recvfd!.Dispose();
            else if (recvfd is not null)
                ThreadPool.UnsafeQueueUserWorkItem(static fd => fd.Dispose(), recvfd, preferLocal: false);
        }

        static FdSet SetOf(Fd first, Fd second, Fd third)
        {
            FdSet set = default;
            set.Set(first);
            set.Set(second);
            set.Set(third);
            return set;
        }
    }
}
