using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Unicode;
using Unp.Net.Abi;
using static Unp.Net.Libc;

namespace Unp.Net;

// Addresses of packet sockets (packet(7)).
public partial struct SockAddr
{
    const string PacketPrefix = "packet:";
    const string ProtocolMark = " protocol 0x";
    const string HardwareTypeMark = " hatype ";
    const string PacketTypeMark = " pkttype ";
    const string HardwareMark = " address ";

    /// <summary>The kernel's MAX_ADDR_LEN.</summary>
    const int MaxHardwareLength = 32;

    /// <summary>
    /// Creates the address of a packet socket, which sends and receives frames of a device (<c>packet(7)</c>). Linux only.
    /// </summary>
    /// <param name="ifindex">The index of the interface; in <c>bind</c> 0 is every interface.</param>
    /// <param name="protocol">
    /// The protocol in host byte order, as Ethernet numbers it: 0x0800 for IPv4, 3 (ETH_P_ALL) for every protocol; in <c>bind</c> 0 keeps
    /// the socket's.
    /// </param>
    /// <param name="hardwareAddress">The destination of a frame that is sent without its link-layer header.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="protocol"/> is not 0 to 65535.</exception>
    /// <exception cref="ArgumentException">The hardware address has more than 32 bytes.</exception>
    /// <exception cref="PlatformNotSupportedException">The system has no packet sockets.</exception>
    /// <example><code>
    /// using Fd fd = Socket(AF_PACKET, SOCK_DGRAM, 0);
    /// Bind(fd, SockAddr.Packet(If_nametoindex("eth0"), 0x0800));
    /// int n = Recvfrom(fd, buffer, 0, out SockAddr from);
    /// string sender = Convert.ToHexString(from.HardwareAddress);
    /// </code></example>
    public static SockAddr Packet(uint ifindex, int protocol = 0, ReadOnlySpan<byte> hardwareAddress = default)
    {
        if (protocol is < 0 or > ushort.MaxValue)
            throw new ArgumentOutOfRangeException(nameof(protocol), protocol, "The protocol must be 0 to 65535.");
        if (hardwareAddress.Length > MaxHardwareLength)
        {
            throw new ArgumentException(
                $"A hardware address must have at most {MaxHardwareLength} bytes, not {hardwareAddress.Length}.", nameof(hardwareAddress));
        }
        SockAddr address = default;
        address.length = SizeOfPacket(hardwareAddress.Length);
        address.Head = new sa_head(AF_PACKET, address.length);
        address.Ll.sll_protocol = NetworkOrder((ushort)protocol);
        address.Ll.sll_ifindex = (int)ifindex;
        address.Ll.sll_halen = (byte)hardwareAddress.Length;
        hardwareAddress.CopyTo(address.storage[HardwareOffset..]);
        return address;
    }

    /// <summary>Gets the index of the interface of a packet address, on which a frame arrived or leaves.</summary>
    /// <exception cref="InvalidOperationException">The address is not a packet address.</exception>
    public readonly uint InterfaceIndex => IsPacket ? (uint)Ll.sll_ifindex : throw Without("interface index");

    /// <summary>Gets the protocol of a packet address in host byte order: 0x0800 for IPv4.</summary>
    /// <exception cref="InvalidOperationException">The address is not a packet address.</exception>
    public readonly int PacketProtocol => IsPacket ? NetworkOrder(Ll.sll_protocol) : throw Without("packet protocol");

    /// <summary>
    /// Gets the type of a received frame: 0 for this host, 1 broadcast, 2 multicast, 3 for another host, 4 sent by this host
    /// (PACKET_HOST... in <c>packet(7)</c>).
    /// </summary>
    /// <exception cref="InvalidOperationException">The address is not a packet address.</exception>
    public readonly int PacketType => IsPacket ? Ll.sll_pkttype : throw Without("packet type");

    /// <summary>Gets the type of the interface's hardware: 1 for Ethernet, 772 for the loopback (ARPHRD_*).</summary>
    /// <exception cref="InvalidOperationException">The address is not a packet address.</exception>
    public readonly int HardwareType => IsPacket ? Ll.sll_hatype : throw Without("hardware type");

    /// <summary>Gets the hardware address of the sender or the interface, 6 bytes for Ethernet.</summary>
    /// <exception cref="InvalidOperationException">The address is not a packet address.</exception>
    [UnscopedRef]
    public readonly ReadOnlySpan<byte> HardwareAddress =>
        IsPacket ? Bytes.Slice(HardwareOffset, Ll.sll_halen) : throw Without("hardware address");

    static unsafe int HardwareOffset => sizeof(Abi.Linux.sockaddr_ll) - 8;

    readonly bool IsPacket =>
        Target.IsLinux && Family == AF_PACKET && length >= HardwareOffset && length >= HardwareOffset + Ll.sll_halen;

    [UnscopedRef]
    readonly ref Abi.Linux.sockaddr_ll Ll => ref As<Abi.Linux.sockaddr_ll>();

    /// <summary>Returns whether the text of a packet address shows every byte.</summary>
    readonly bool IsPlainPacket => IsPacket && length == SizeOfPacket(Ll.sll_halen) && Ll.sll_halen <= MaxHardwareLength;

    static int SizeOfPacket(int hardwareLength) => Math.Max(Unsafe.SizeOf<Abi.Linux.sockaddr_ll>(), HardwareOffset + hardwareLength);

    /// <summary>
    /// Brings a packet address to the length that the kernel takes. The kernel returns fewer bytes for a short hardware address, but
    /// refuses them.
    /// </summary>
    void TrimPacket()
    {
        storage[(HardwareOffset + Ll.sll_halen)..].Clear();
        length = SizeOfPacket(Ll.sll_halen);
    }

    readonly int FormatPacket(Span<byte> text)
    {
        Utf8.TryWrite(text, CultureInfo.InvariantCulture, $"{PacketPrefix}{(uint)Ll.sll_ifindex}", out int size);
        int written = 0;
        if (Ll.sll_protocol != 0)
            Utf8.TryWrite(text[size..], CultureInfo.InvariantCulture, $"{ProtocolMark}{PacketProtocol:x4}", out written);
        size += written;
        written = 0;
        if (Ll.sll_hatype != 0)
            Utf8.TryWrite(text[size..], CultureInfo.InvariantCulture, $"{HardwareTypeMark}{Ll.sll_hatype}", out written);
        size += written;
        written = 0;
        if (Ll.sll_pkttype != 0)
            Utf8.TryWrite(text[size..], CultureInfo.InvariantCulture, $"{PacketTypeMark}{Ll.sll_pkttype}", out written);
        size += written;
        string separator = HardwareMark;
        foreach (byte value in HardwareAddress)
        {
            Utf8.TryWrite(text[size..], CultureInfo.InvariantCulture, $"{separator}{value:x2}", out written);
            size += written;
            separator = ":";
        }
        return size;
    }

    /// <summary>Reads the part after "packet:", which is an index and then the parts that are not zero, in their order.</summary>
    static bool TryReadPacket(ReadOnlySpan<char> text, out SockAddr address)
    {
        address = default;
        if (!Target.IsLinux)
            return false;
        Span<byte> hardware = stackalloc byte[MaxHardwareLength];
        int hardwareLength = 0;
        if (TakeAfter(ref text, HardwareMark, out ReadOnlySpan<char> digits) && !TryReadHardware(digits, hardware, out hardwareLength))
            return false;
        uint packetType = 0, hardwareType = 0, protocol = 0;
        if (TakeAfter(ref text, PacketTypeMark, out digits) && !TryReadNumber(digits, byte.MaxValue, out packetType))
            return false;
        if (TakeAfter(ref text, HardwareTypeMark, out digits) && !TryReadNumber(digits, ushort.MaxValue, out hardwareType))
            return false;
        if (TakeAfter(ref text, ProtocolMark, out digits) && !(TryReadHex(digits, out protocol) && protocol <= ushort.MaxValue))
            return false;
        if (!TryReadNumber(text, uint.MaxValue, out uint index))
            return false;
        address = Packet(index, (int)protocol, hardware[..hardwareLength]);
        address.Ll.sll_pkttype = (byte)packetType;
        address.Ll.sll_hatype = (ushort)hardwareType;
        return true;
    }

    /// <summary>Splits the text at a mark. It returns whether the mark was found.</summary>
    static bool TakeAfter(ref ReadOnlySpan<char> text, string mark, out ReadOnlySpan<char> after)
    {
        int at = text.IndexOf(mark);
        after = at < 0 ? default : text[(at + mark.Length)..];
        text = at < 0 ? text : text[..at];
        return at >= 0;
    }

    static bool TryReadNumber(ReadOnlySpan<char> digits, uint max, out uint number) =>
        uint.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out number) && number <= max;

    /// <summary>Reads bytes of two hexadecimal digits, separated by colons.</summary>
    static bool TryReadHardware(ReadOnlySpan<char> text, Span<byte> address, out int size)
    {
        size = 0;
        while (text.Length >= 2 && size < address.Length)
        {
            if (Convert.FromHexString(text[..2], address[size..], out _, out _) != OperationStatus.Done)
                return false;
            size++;
            if (text.Length == 2)
                return true;
            if (text[2] != ':')
                return false;
            text = text[3..];
        }
        return false;
    }
}
