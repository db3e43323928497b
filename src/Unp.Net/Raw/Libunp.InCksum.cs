namespace Unp.Net;

// The book's checksum of IP, ICMP, UDP and TCP headers.
public static partial class Libunp
{
    /// <summary>Returns the Internet checksum of a packet (UNP 28.5, figure 28.15, RFC 1071).</summary>
    /// <remarks>
    /// The checksum field of the packet must be 0 while the checksum is computed. The checksum of a packet whose field is filled in is 0 if
    /// the packet is intact. <see cref="InternetChecksum"/> takes a packet in several parts, and the pseudo-header of UDP and TCP.
    /// </remarks>
    /// <param name="addr">The bytes, of any length and alignment. A last odd byte counts as if a byte of value 0 followed.</param>
    /// <returns>The checksum in network byte order: a program stores it as it is, without <c>htons</c>.</returns>
    /// <example><code>
    /// byte[] echoRequest = [8, 0, 0, 0, 0x12, 0x34, 0, 1]; // type, code, checksum, id, sequence number
    /// MemoryMarshal.Write(echoRequest.AsSpan(2), In_cksum(echoRequest));
    /// </code></example>
    public static ushort In_cksum(ReadOnlySpan<byte> addr) => InternetChecksum.Of(addr);
}
