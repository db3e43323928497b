using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;

namespace Unp.Net.Netlink.Tests;

/// <summary>
/// The decoders on mutated messages of the kernel. UNP_FUZZ_COUNT sets how many there are; by default the tests have a few seconds.
/// </summary>
/// <remarks>
/// Each message ends where an inaccessible page begins, so a read behind it ends the process, also one by unsafe code. A seed makes a
/// failure repeatable.
/// </remarks>
public sealed unsafe partial class DecoderFuzzTests
{
    const int Seed = 4711;
    const int PageSize = 4096;
    const int Room = 32 * PageSize;
    const int PROT_NONE = 0;

    static readonly TimeSpan Budget = TimeSpan.FromSeconds(3);

    static long Count =>
        long.TryParse(Environment.GetEnvironmentVariable("UNP_FUZZ_COUNT"), CultureInfo.InvariantCulture, out long count) ? count : 0;

    [Fact]
    public void Decoders_survive_mutated_messages()
    {
        List<byte[]> samples = Samples();
        Assert.InRange(samples.Count, 10, int.MaxValue);
        nint memory = mmap(0, Room + PageSize, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
        Assert.NotEqual(-1, memory);
        try
        {
            Assert.Equal(0, mprotect(memory + Room, PageSize, PROT_NONE));
            var random = new Random(Seed);
            long start = Stopwatch.GetTimestamp(), count = Count, done = 0;
            while (count > 0 ? done < count : Stopwatch.GetElapsedTime(start) < Budget)
            {
                byte[] message = Mutated(samples[random.Next(samples.Count)], random);
                var guarded = new Span<byte>((void*)(memory + Room - message.Length), message.Length);
                message.CopyTo(guarded);
                Decode(guarded);
                done++;
            }
            TestContext.Current.TestOutputHelper?.WriteLine($"{done} messages");
            Assert.NotEqual(0, done);
        }
        finally
        {
            _ = munmap(memory, Room + PageSize);
        }
    }

    /// <summary>Decodes a datagram by every decoder. The enumerations are finite, because each step consumes bytes.</summary>
    static void Decode(ReadOnlySpan<byte> datagram)
    {
        int messages = 0;
        foreach (NetlinkMessage message in new NetlinkMessages(datagram))
        {
            messages++;
            Walk(message.GetAttributes<ifinfomsg>(), 0);
            Walk(message.GetAttributes<rtmsg>(), 0);
            _ = Link.TryParse(message, out _);
            _ = LinkAddress.TryParse(message, out _);
            _ = Route.TryParse(message, out _);
            _ = Neighbour.TryParse(message, out _);
            _ = Rule.TryParse(message, out _);
            _ = GenericFamily.TryParse(message, out _);
            InetSocketInfo.From(message, IPPROTO_TCP);
            UnixSocketInfo.From(message);
        }
        Assert.InRange(messages, 0, datagram.Length / NetlinkMessage.HeaderSize);
    }

    static void Walk(NetlinkAttributes attributes, int depth)
    {
        foreach (NetlinkAttribute attribute in attributes)
        {
            _ = attribute.TryRead(out ulong _);
            _ = attribute.Text;
            if (depth < 8)
                Walk(attribute.Attributes, depth + 1);
        }
    }

    static byte[] Mutated(byte[] sample, Random random)
    {
        byte[] bytes = [.. sample];
        for (int i = random.Next(1, 6); i > 0; i--)
        {
            int at = random.Next(bytes.Length);
            switch (random.Next(6))
            {
                case 0:
                    bytes[at] ^= (byte)(1 << random.Next(8));
                    break;
                case 1:
                    bytes[at] = (byte)random.Next(256);
                    break;
                case 2: // a length, type or number at its usual place
                    MemoryMarshal.Write(bytes.AsSpan(Math.Min(at & ~1, bytes.Length - 2)), Interesting(random));
                    break;
                case 3:
                    bytes = bytes[..Math.Max(2, at)];
                    break;
                case 4: // the first message ends earlier or later
                    if (bytes.Length >= 4)
                        MemoryMarshal.Write(bytes, random.Next(-1, bytes.Length + 8));
                    break;
                default:
                    bytes = bytes.Length < 8 * PageSize ? [.. bytes, .. bytes[at..]] : bytes;
                    break;
            }
        }
        return bytes;
    }

    static ushort Interesting(Random random) => (ushort)(random.Next(4) switch
    {
        0 => random.Next(0, 9),
        1 => ushort.MaxValue - random.Next(0, 9),
        2 => random.Next(0, 256),
        _ => random.Next(0, 65536),
    });

    /// <summary>Returns the messages of the kernel about everything in a namespace that has everything.</summary>
    static List<byte[]> Samples()
    {
        using var host = new NetworkNamespace();
        host.Run("ip link add v1 type veth peer name v2; ip link set v1 up; ip link set v2 up; ip link add name br0 type bridge; "
            + "ip link set v2 master br0; ip address add 192.0.2.1/24 dev v1; ip address add 2001:db8::1/64 dev v1 nodad; "
            + "ip link property add dev v1 altname long-name; ip route add 198.51.100.0/24 nexthop via 192.0.2.2 nexthop via 192.0.2.3; "
            + "ip route add 2001:db8:1::/48 via 2001:db8::2 mtu 1400; ip rule add from 192.0.2.0/24 fwmark 1 lookup 100; "
            + "ip neigh add 192.0.2.2 lladdr 2:0:0:0:0:5 dev v1");
        List<byte[]> samples = [];
        using (var route = new NetlinkSocket(host.Socket(AF_NETLINK, SOCK_RAW)) { Timeout = Limit.Default })
        {
            Add(samples, route, RTM_GETLINK, new ifinfomsg());
            Add(samples, route, RTM_GETADDR, new ifaddrmsg());
            Add(samples, route, RTM_GETROUTE, new rtmsg { rtm_family = (byte)AF_INET });
            Add(samples, route, RTM_GETROUTE, new rtmsg { rtm_family = (byte)AF_INET6 });
            Add(samples, route, RTM_GETNEIGH, new ndmsg());
            Add(samples, route, RTM_GETRULE, new rtmsg { rtm_family = (byte)AF_INET });
        }
        using (var generic = new NetlinkSocket(host.Socket(AF_NETLINK, SOCK_RAW, NETLINK_GENERIC)) { Timeout = Limit.Default })
            Add(samples, generic, GENL_ID_CTRL, new genlmsghdr { cmd = (byte)CTRL_CMD_GETFAMILY, version = 1 });
        using var diag = new NetlinkSocket(host.Socket(AF_NETLINK, SOCK_RAW, NETLINK_SOCK_DIAG)) { Timeout = Limit.Default };
        using Fd listener = host.Socket(AF_INET, SOCK_STREAM);
        Listen(listener, 5);
        using Fd local = host.Socket(AF_UNIX, SOCK_STREAM);
        Bind(local, SockAddr.UnixAbstract("fuzz"));
        Listen(local, 5);
        Add(samples, diag, SOCK_DIAG_BY_FAMILY, new inet_diag_req_v2
        {
            sdiag_family = (byte)AF_INET,
            sdiag_protocol = (byte)IPPROTO_TCP,
            idiag_ext = byte.MaxValue,
            idiag_states = uint.MaxValue,
        });
        Add(samples, diag, SOCK_DIAG_BY_FAMILY, new unix_diag_req
        {
            sdiag_family = (byte)AF_UNIX,
            udiag_states = uint.MaxValue,
            udiag_show = 0x7F,
        });
        return samples;
    }

    static void Add<T>(List<byte[]> samples, NetlinkSocket socket, int type, T header)
        where T : unmanaged
    {
        var request = new NetlinkMessageWriter();
        request.Begin(type, NLM_F_DUMP);
        request.WriteHeader(header);
        foreach (NetlinkMessage message in socket.Query(request))
            samples.Add(message.Bytes.ToArray());
    }

    [LibraryImport("libc")]
    private static partial nint mmap(nint address, nint length, int protection, int flags, int fd, nint offset);

    [LibraryImport("libc")]
    private static partial int mprotect(nint address, nint length, int protection);

    [LibraryImport("libc")]
    private static partial int munmap(nint address, nint length);
}
