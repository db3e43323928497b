using System.Net;
using System.Net.NetworkInformation;
using System.Runtime.CompilerServices;
using static Unp.Net.Libc;

namespace Unp.Net.Netlink;

/// <summary>Values that several kinds of messages have.</summary>
static class AttributeValues
{
    internal static int? Int32(in AttributeTable attributes, int type) =>
        attributes.TryGet(type, out NetlinkAttribute attribute) && attribute.TryRead(out int value) ? value : null;

    internal static uint? UInt32(in AttributeTable attributes, int type) =>
        attributes.TryGet(type, out NetlinkAttribute attribute) && attribute.TryRead(out uint value) ? value : null;

    internal static PhysicalAddress? HardwareAddress(in AttributeTable attributes, int type) =>
        attributes.TryGet(type, out NetlinkAttribute attribute) && !attribute.Value.IsEmpty
            ? new PhysicalAddress(attribute.Value.ToArray()) : null;

    internal static IPAddress? Address(in AttributeTable attributes, int type) =>
        attributes.TryGet(type, out NetlinkAttribute attribute) ? Address(attribute.Value) : null;

    /// <summary>Returns an IPv4 or IPv6 address, or null if the number of bytes is another one.</summary>
    internal static IPAddress? Address(ReadOnlySpan<byte> bytes) => bytes.Length is 4 or 16 ? new IPAddress(bytes) : null;

    internal static int FamilyOf(IPAddress address) =>
        address.AddressFamily == System.Net.Sockets.AddressFamily.InterNetwork ? AF_INET : AF_INET6;

    internal static int BitsOf(int family) => family == AF_INET ? 32 : 128;

    /// <summary>Returns a number as the byte of a request's structure.</summary>
    internal static byte Byte(int value, [CallerArgumentExpression(nameof(value))] string name = "") =>
        value is >= 0 and <= byte.MaxValue ? (byte)value : throw new ArgumentException($"{name} must be 0 to 255, but is {value}.");

    /// <summary>Writes the bytes of an address as an attribute.</summary>
    internal static void Write(this NetlinkMessageWriter writer, int type, IPAddress address)
    {
        Span<byte> bytes = stackalloc byte[16];
        address.TryWriteBytes(bytes, out int length);
        writer.Write(type, bytes[..length]);
    }
}
