using System.Globalization;

namespace Unp.Net;

/// <summary>
/// A message of a routing socket, or one of the messages that <c>sysctl</c> returns for AF_ROUTE (UNP 18.3, 18.5). Not on Linux, where
/// <see cref="Libunp.Net_rt_dump"/>, <see cref="Libunp.Net_rt_iflist"/> and <see cref="Libunp.GetRoute"/> serve.
/// </summary>
/// <remarks>
/// It stands for the headers <c>rt_msghdr</c>, <c>if_msghdr</c>, <c>ifa_msghdr</c>, <c>ifma_msghdr</c> and <c>if_announcemsghdr</c>, whose
/// layouts differ between macOS and FreeBSD. It refers to the buffer that it was read from.
/// </remarks>
/// <example>
/// <code>
/// ReadOnlySpan&lt;byte&gt; rest = Sysctl([CTL_NET, AF_ROUTE, 0, AF_INET, NET_RT_DUMP, 0]);
/// var rti_info = new SockAddr?[RTAX_MAX];
/// while (RoutingMessage.TryRead(ref rest, out RoutingMessage rtm))
/// {
///     Get_rtaddrs(rtm.Addrs, rtm.Addresses, rti_info);
///     Console.WriteLine($"dest: {rti_info[RTAX_DST]}, gateway: {rti_info[RTAX_GATEWAY]}");
/// }
/// </code>
/// </example>
public readonly ref struct RoutingMessage
{
    internal RoutingMessage(byte type, ushort index, int flags, int addrs, ReadOnlySpan<byte> addresses)
    {
        Type = type;
        Index = index;
        Flags = flags;
        Addrs = addrs;
        Addresses = addresses;
    }

    /// <summary>Gets the type: <c>RTM_GET</c>, <c>RTM_IFINFO</c>, <c>RTM_NEWADDR</c>...</summary>
    public int Type { get; }

    /// <summary>Gets the index of the interface.</summary>
    public int Index { get; }

    /// <summary>Gets the flags: RTF_* of a route, IFF_* of an interface.</summary>
    public int Flags { get; }

    /// <summary>Gets the bit mask <c>RTA_*</c> of the addresses that the message has.</summary>
    public int Addrs { get; }

    /// <summary>Gets the addresses with their padding, for <see cref="Libunp.Get_rtaddrs"/>.</summary>
    public ReadOnlySpan<byte> Addresses { get; }

    /// <summary>Gets the process whose request caused the message; 0 for messages about interfaces.</summary>
    public int Pid { get; internal init; }

    /// <summary>Gets the number that the process gave its request; 0 for messages about interfaces.</summary>
    public int Sequence { get; internal init; }

    /// <summary>Gets the reason why the request failed, or 0.</summary>
    public Errno Errno { get; internal init; }

    /// <summary>Gets the MTU of the interface or route in bytes; 0 if the message has none.</summary>
    public int Mtu { get; internal init; }

    /// <summary>Gets the type <c>IFT_*</c> of the interface; 0 for other messages.</summary>
    public int InterfaceType { get; internal init; }

    /// <summary>Reads the message at the start of a buffer and removes it. Messages of an unknown version are skipped.</summary>
    /// <param name="rest">The result of <c>Sysctl</c>, or what a routing socket has returned.</param>
    /// <param name="message">Receives the message.</param>
    /// <returns>Whether there was one. If not, and <paramref name="rest"/> is not empty, the buffer is damaged.</returns>
    /// <exception cref="PlatformNotSupportedException">The system is Linux, which has other messages.</exception>
    public static bool TryRead(ref ReadOnlySpan<byte> rest, out RoutingMessage message) =>
        RoutingLayout.Here.TryRead(ref rest, out message);

    /// <summary>Returns the main fields: <c>"type 4, index 2, flags 0x803, addresses 0x7"</c>.</summary>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"type {Type}, index {Index}, flags 0x{Flags:x}, addresses 0x{Addrs:x}");
}
