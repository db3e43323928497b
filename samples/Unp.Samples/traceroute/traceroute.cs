using System.CommandLine;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Unp.Samples.traceroute;

/// <summary>
/// Prints the routers on the path to a host, IPv4 and IPv6 (figure 28.18, UNP 28.6). It sends UDP datagrams with rising TTLs to ports that
/// no program uses. Each router on the path reports one that has expired, and the host reports one for which it has no socket.
/// </summary>
static class traceroute
{
    public static readonly Option<int?> MaxTtl = NumberOption.Create(
        "-m", "max_ttl", "the largest TTL, 30 by default", 1, 255, "the TTL must be 1 to 255");

    public static readonly Option<bool> Verbose = new("-v") { Description = "print every other ICMP message that is received" };

    public static readonly Option<bool> Numeric = new("-n") { Description = "print addresses without their names" };

    public static readonly Option<int?> Probes = NumberOption.Create(
        "-q", "probes", "the number of probes per TTL, 3 by default", 1, 10, "the number must be 1 to 10");

    public static readonly Option<double> Wait = new("-w")
    {
        Description = "how long an answer is awaited, 3 s by default",
        HelpName = "seconds",
        DefaultValueFactory = _ => 3,
    };

    public static readonly Option<int?> Size = NumberOption.Create(
        "-s", "bytes", "the number of data bytes, 24 by default", 0, 65507, "the size must be 0 to 65507");

    public static readonly Option<bool> DontFragment = new("-F")
    {
        Description = "forbid routers to fragment, so that they report a smaller MTU",
    };

    public static readonly Option<bool> RecvErr = new("--recverr")
    {
        Description = "receive the answers from the error queue of the UDP socket, which needs no rights (Linux)",
    };

    public static IReadOnlyList<Option> Own => [MaxTtl, Verbose, Numeric, Probes, Wait, Size, DontFragment, RecvErr];

    const int Port = 32768 + 666; // the destination port of the probe before the first

    public static void Main(string[] args, ProgramOptions options)
    {
        if (args.Length != 1)
            options.Usage("[ -m <maxttl> -v -n -q <probes> -w <seconds> -s <bytes> -F --recverr ] <hostname>");
        int max_ttl = options.Value(MaxTtl) ?? 30, nprobes = options.Value(Probes) ?? 3;
        double seconds = options.Value(Wait);
        if (seconds is not (>= 0.01 and <= 3600))
            err_quit($"-w {seconds}: the time must be between 0.01 and 3600 seconds");

        AddrInfo ai = Host_serv(args[0], null, AF_UNSPEC, 0)[0];
        string h = Sock_ntop_host(ai.Address);
        if (ai.Family == AF_INET6 && ai.Address.Address.IsIPv4MappedToIPv6)
            err_quit("cannot traceroute IPv4-mapped IPv6 address");
        byte[] data = new byte[options.Value(Size) ?? Unsafe.SizeOf<ProbeData>()];

        Console.WriteLine($"traceroute to {ai.CanonicalName ?? h} ({h}): {max_ttl} hops max, {data.Length} data bytes");

        using Fd sendfd = Socket(ai.Family, SOCK_DGRAM);
        using Fd? recvfd = options.Value(RecvErr) ? null : IcmpReceiver.Open(ai.Family, options.Value(Verbose));
        RawSocket.GiveUpRights(); // the sockets keep them
        SetFragmentation(sendfd, ai.Family, options.Value(DontFragment));
        BindSource(sendfd, ai.Family);
        IProbeReceiver pr = recvfd is null
            ? new ErrorQueueReceiver(sendfd, ai.Family)
            : new IcmpReceiver(recvfd, sendfd, options.Value(Verbose));

        traceloop(pr, sendfd, ai.Address, data, max_ttl, nprobes, TimeSpan.FromSeconds(seconds), options.Value(Numeric));
    }

    static void traceloop(
        IProbeReceiver pr, Fd sendfd, SockAddr sasend, byte[] sendbuf, int max_ttl, int nprobes, TimeSpan timeout, bool isNumeric)
    {
        SocketOption<int> hops = sasend.Family == AF_INET ? SocketOptions.IpTtl : SocketOptions.Ipv6UnicastHops;
        ushort seq = 0;
        bool done = false;
        for (int ttl = 1; ttl <= max_ttl && !done; ttl++)
        {
            Setsockopt(sendfd, hops, ttl);
            SockAddr salast = default;
            int unreachable = 0, answered = 0;

            Console.Write($"{ttl,2} ");
            for (int probe = 0; probe < nprobes; probe++)
            {
                sasend.Port = Port + ++seq;
                if (sendbuf.Length >= Unsafe.SizeOf<ProbeData>())
                    MemoryMarshal.Write(sendbuf, new ProbeData(seq, (ushort)ttl));
                DateTimeOffset sent = DateTimeOffset.UtcNow;
                pr.Send(sendbuf, sasend);
                if (pr.Receive(sasend.Port, timeout) is not { } answer)
                {
                    Console.Write(" *"); // timeout, no reply
                    continue;
                }

                answered++;
                if (salast.Length == 0 || Sock_cmp_addr(answer.From, salast) != 0)
                {
                    string from = Sock_ntop_host(answer.From);
                    Console.Write(isNumeric ? $" {from}" : $" {NameOf(answer.From)} ({from})");
                    salast = answer.From;
                }
                Console.Write(FormattableString.Invariant($"  {(answer.Time - sent).TotalMilliseconds:F3} ms"));

                // port unreachable; at destination
                done |= answer.IsArrival;
                if (answer.Mark is { Length: > 0 } mark)
                {
                    Console.Write($" {mark}");
                    unreachable += answer.EndsPath ? 1 : 0;
                }
            }
            Console.WriteLine();

            // No probe gets beyond a router that has no route, or that refuses all.
            done |= unreachable > 0 && unreachable == answered;
        }
    }

    /// <summary>Binds the source port of the book, or another one if a socket of this host has it.</summary>
    static void BindSource(Fd sendfd, int family)
    {
        SockAddr sabind = SockAddr.Any(family, (getpid() & 0xffff) | 0x8000);
        if (bind(sendfd, sabind) < 0)
            Sock_bind_wild(sendfd, family);
    }

    /// <summary>Lets routers fragment, or forbids it regardless of the path MTU that the kernel has learned.</summary>
    static void SetFragmentation(Fd sendfd, int family, bool isForbidden)
    {
        if (!OperatingSystem.IsLinux())
            Setsockopt(sendfd, family == AF_INET ? SocketOptions.IpDontFrag : SocketOptions.Ipv6DontFrag, isForbidden);
        else if (family == AF_INET)
            Setsockopt(sendfd, SocketOptions.IpMtuDiscover, isForbidden ? IP_PMTUDISC_PROBE : IP_PMTUDISC_DONT);
        else
            Setsockopt(sendfd, SocketOptions.Ipv6MtuDiscover, isForbidden ? IPV6_PMTUDISC_PROBE : IPV6_PMTUDISC_DONT);
    }

    static string NameOf(in SockAddr address) =>
        getnameinfo(address, out string host, out _, 0) == 0 ? host : Sock_ntop_host(address);

    /// <summary>The data of a probe: the book's <c>struct rec</c>. Only a packet capture shows it.</summary>
    [StructLayout(LayoutKind.Sequential)]
    readonly struct ProbeData(ushort seq, ushort ttl)
    {
        readonly ushort rec_seq = seq;
        readonly ushort rec_ttl = ttl;
        readonly timeval rec_tv = timeval.FromDateTimeOffset(DateTimeOffset.UtcNow);
    }
}
