using static Unp.Net.Libc;

namespace Unp.Net.Packets;

/// <summary>The extension headers of an IPv6 packet, for <c>foreach</c>. It allocates nothing.</summary>
/// <remarks>
/// The enumeration ends before the first header that is not an extension header, or that is not complete. It also ends after the fragment
/// header of a fragment other than the first, because no header follows there. Each header has 8 bytes at least, so the number of steps
/// is limited by the length of the packet.
/// </remarks>
public ref struct Ipv6ExtensionHeaders
{
    // Types without a constant that all systems have: mobility (RFC 6275), host identity (RFC 7401) and Shim6 (RFC 5533).
    const int Mobility = 135;
    const int HostIdentity = 139;
    const int Shim6 = 140;

    Ipv6ExtensionHeader current;

    internal Ipv6ExtensionHeaders(int nextHeader, ReadOnlySpan<byte> bytes)
    {
        NextHeader = nextHeader;
        Rest = bytes;
    }

    /// <summary>Gets the current header.</summary>
    public readonly Ipv6ExtensionHeader Current => current;

    /// <summary>Gets the type of the header after the current one.</summary>
    internal int NextHeader { get; private set; }

    /// <summary>Gets the bytes after the current header.</summary>
    internal ReadOnlySpan<byte> Rest { get; private set; }

    /// <summary>Gets whether the current header is that of a fragment other than the first.</summary>
    internal bool IsLaterFragment { get; private set; }

    /// <summary>Gets the reason for the end: Complete if an upper protocol follows.</summary>
    internal readonly DecodeStatus Status =>
        IsLaterFragment ? DecodeStatus.LaterFragment
        : NextHeader == IPPROTO_NONE ? DecodeStatus.NoNextHeader
        : IsExtension(NextHeader) ? DecodeStatus.Truncated
        : DecodeStatus.Complete;

    /// <summary>Returns this enumerator.</summary>
    public readonly Ipv6ExtensionHeaders GetEnumerator() => this;

    /// <summary>Moves to the next header.</summary>
    /// <returns>Whether a complete extension header follows.</returns>
    public bool MoveNext()
    {
        current = default;
        if (IsLaterFragment || !IsExtension(NextHeader) || Rest.Length < 2)
            return false;
        int length = NextHeader switch
        {
            IPPROTO_FRAGMENT => Ipv6FragmentHeader.Size,
            IPPROTO_AH => Math.Max((Rest[1] + 2) * 4, AuthenticationHeader.Size),
            _ => (Rest[1] + 1) * 8,
        };
        if (length > Rest.Length)
            return false;
        current = new Ipv6ExtensionHeader(NextHeader, Rest[..length]);
        IsLaterFragment = current.TryGetFragment(out Ipv6FragmentHeader fragment) && fragment.FragmentOffset != 0;
        NextHeader = current.NextHeader;
        Rest = Rest[length..];
        return true;
    }

    /// <summary>Returns the type of the next header and the number of bytes that were not enumerated yet.</summary>
    public override readonly string ToString() => $"next header {NextHeader}, {Rest.Length} bytes";

    static bool IsExtension(int type) =>
        type is IPPROTO_HOPOPTS or IPPROTO_ROUTING or IPPROTO_FRAGMENT or IPPROTO_AH or IPPROTO_DSTOPTS
            or Mobility or HostIdentity or Shim6;
}
