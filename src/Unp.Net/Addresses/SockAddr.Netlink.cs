using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Unicode;
using Unp.Net.Abi;
using static Unp.Net.Libc;

namespace Unp.Net;

// Addresses of netlink sockets (netlink(7)).
public partial struct SockAddr
{
    const string NetlinkPrefix = "netlink:";
    const string GroupsMark = " groups 0x";

    /// <summary>Creates the address of a netlink socket (<c>netlink(7)</c>). Not on macOS.</summary>
    /// <param name="portId">The port id of a socket; 0 is the kernel, and in <c>bind</c> lets the kernel choose.</param>
    /// <param name="groups">A bit mask of the multicast groups 1 to 32, to receive from or to send to.</param>
    /// <exception cref="PlatformNotSupportedException">The system has no netlink.</exception>
    /// <example><code>
    /// using Fd fd = Socket(AF_NETLINK, SOCK_RAW, NETLINK_ROUTE);
    /// Bind(fd, SockAddr.Netlink(0, 1u &lt;&lt; (RTNLGRP_LINK - 1)));
    /// uint own = Getsockname(fd).NetlinkPortId;
    /// </code></example>
    public static SockAddr Netlink(uint portId, uint groups = 0)
    {
        SockAddr address = default;
        address.length = NlSize;
        address.Head = new sa_head(AF_NETLINK, NlSize);
        address.Nl.nl_pid = portId;
        address.Nl.nl_groups = groups;
        return address;
    }

    /// <summary>Gets the port id of a netlink address. It is the kernel's if it is 0.</summary>
    /// <exception cref="InvalidOperationException">The address is not a netlink address.</exception>
    public readonly uint NetlinkPortId => IsNl ? Nl.nl_pid : throw Without("netlink port id");

    /// <summary>Gets the multicast groups of a netlink address, as a bit mask of the groups 1 to 32.</summary>
    /// <exception cref="InvalidOperationException">The address is not a netlink address.</exception>
    public readonly uint NetlinkGroups => IsNl ? Nl.nl_groups : throw Without("netlink groups");

    static int NlSize => Unsafe.SizeOf<sockaddr_nl>();

    readonly bool IsNl => !Target.IsMacOS && Family == AF_NETLINK && length >= NlSize;

    [UnscopedRef]
    readonly ref sockaddr_nl Nl => ref As<sockaddr_nl>();

    /// <summary>Returns whether the text of a netlink address shows every byte, because the padding is zero.</summary>
    readonly bool IsPlainNl => IsNl && this == Netlink(Nl.nl_pid, Nl.nl_groups);

    readonly int FormatNl(Span<byte> text)
    {
        int size;
        if (Nl.nl_groups == 0)
            Utf8.TryWrite(text, CultureInfo.InvariantCulture, $"{NetlinkPrefix}{Nl.nl_pid}", out size);
        else
            Utf8.TryWrite(text, CultureInfo.InvariantCulture, $"{NetlinkPrefix}{Nl.nl_pid}{GroupsMark}{Nl.nl_groups:x}", out size);
        return size;
    }

    /// <summary>Reads the part after "netlink:", which is a port id, and optionally " groups 0x" and a mask.</summary>
    static bool TryReadNetlink(ReadOnlySpan<char> text, out SockAddr address)
    {
        address = default;
        int mark = text.IndexOf(GroupsMark);
        uint groups = 0;
        return !Target.IsMacOS
            && uint.TryParse(mark < 0 ? text : text[..mark], NumberStyles.None, CultureInfo.InvariantCulture, out uint portId)
            && (mark < 0 || TryReadHex(text[(mark + GroupsMark.Length)..], out groups))
            && Assign(Netlink(portId, groups), out address);
    }

    static bool TryReadHex(ReadOnlySpan<char> digits, out uint number) =>
        uint.TryParse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out number);
}
