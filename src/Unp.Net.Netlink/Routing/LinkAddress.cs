using System.Diagnostics.CodeAnalysis;
using System.Net;
using static Unp.Net.Libc;

namespace Unp.Net.Netlink;

/// <summary>An address of a link (<c>rtnetlink(7)</c>): what <c>ip address</c> shows and sets.</summary>
public sealed record LinkAddress
{
    /// <summary>Gets the index of the link.</summary>
    public required int Index { get; init; }

    /// <summary>Gets the link's own address.</summary>
    public required IPAddress Address { get; init; }

    /// <summary>Gets the length of the prefix in bits.</summary>
    public required int PrefixLength { get; init; }

    /// <summary>Gets the address of the other end of a point-to-point link, or null.</summary>
    public IPAddress? Peer { get; init; }

    /// <summary>Gets the broadcast address of an IPv4 network, or null.</summary>
    public IPAddress? Broadcast { get; init; }

    /// <summary>Gets the name of an IPv4 alias: the link's name, a colon and a text. It is null for IPv6.</summary>
    public string? Label { get; init; }

    /// <summary>Gets the scope: RT_SCOPE_UNIVERSE (0), RT_SCOPE_LINK, RT_SCOPE_HOST.</summary>
    public int Scope { get; init; }

    /// <summary>Gets the flags, a combination of IFA_F_PERMANENT, IFA_F_TENTATIVE, IFA_F_NODAD...</summary>
    public uint Flags { get; init; }

    /// <summary>Gets the time during which new connections use the address; null for no limit.</summary>
    /// <remarks>A request whose <see cref="ValidLifetime"/> is limited must limit it too.</remarks>
    public TimeSpan? PreferredLifetime { get; init; }

    /// <summary>Gets the time until the kernel removes the address; null for no limit.</summary>
    public TimeSpan? ValidLifetime { get; init; }

    /// <summary>Gets the metric of the route that the address brings, or null for the default.</summary>
    public uint? Metric { get; init; }

    /// <summary>Returns the address and the prefix length: <c>"192.0.2.1/24"</c>.</summary>
    public override string ToString() => $"{Address}/{PrefixLength}";

    internal string Subject => $"{this} on index {Index}";

    /// <summary>Decodes a message RTM_NEWADDR or RTM_DELADDR.</summary>
    /// <param name="message">The message.</param>
    /// <param name="address">The address, or null.</param>
    /// <returns>Whether the message is complete, of one of these types, and about IPv4 or IPv6.</returns>
    public static bool TryParse(NetlinkMessage message, [NotNullWhen(true)] out LinkAddress? address)
    {
        address = null;
        var attributes = new AttributeTable(message.GetAttributes<ifaddrmsg>());
        if ((message.Type != RTM_NEWADDR && message.Type != RTM_DELADDR)
            || !message.TryGetHeader(out ifaddrmsg header) || !attributes.IsWellFormed)
            return false;

        // On a point-to-point link IFA_ADDRESS is the peer's address and IFA_LOCAL the own one. IPv6 has only the first without a peer.
        IPAddress? first = AttributeValues.Address(attributes, IFA_ADDRESS), local = AttributeValues.Address(attributes, IFA_LOCAL);
        if ((local ?? first) is not { } own || AttributeValues.FamilyOf(own) != header.ifa_family)
            return false;
        ifa_cacheinfo times = attributes.TryGet(IFA_CACHEINFO, out NetlinkAttribute cache) && cache.TryRead(out ifa_cacheinfo read)
            ? read : new ifa_cacheinfo { ifa_prefered = uint.MaxValue, ifa_valid = uint.MaxValue };
        address = new LinkAddress
        {
            Index = (int)header.ifa_index,
            Address = own,
            PrefixLength = header.ifa_prefixlen,
            Peer = first is not null && !first.Equals(own) ? first : null,
            Broadcast = AttributeValues.Address(attributes, IFA_BROADCAST),
            Label = attributes.TryGet(IFA_LABEL, out NetlinkAttribute label) ? label.Text : null,
            Scope = header.ifa_scope,
            Flags = AttributeValues.UInt32(attributes, IFA_FLAGS) ?? header.ifa_flags,
            PreferredLifetime = Lifetime(times.ifa_prefered),
            ValidLifetime = Lifetime(times.ifa_valid),
            Metric = AttributeValues.UInt32(attributes, IFA_RT_PRIORITY),
        };
        return true;
    }

    /// <summary>Writes the request to add, change or delete the address.</summary>
    internal void Write(NetlinkMessageWriter writer, int type, int flags)
    {
        int family = AttributeValues.FamilyOf(Address), bits = AttributeValues.BitsOf(family);
        if (PrefixLength < 0 || PrefixLength > bits)
            throw new ArgumentException($"The prefix length {PrefixLength} of {Address} is not 0 to {bits}.");
        if (ValidLifetime is { } valid && (PreferredLifetime is not { } preferred || preferred > valid))
        {
            throw new ArgumentException(
                $"The preferred lifetime of {Address} must be at most its valid lifetime of {valid}, "
                + $"but is {PreferredLifetime?.ToString() ?? "unlimited"}.");
        }
        writer.Begin(type, flags);
        writer.WriteHeader(new ifaddrmsg
        {
            ifa_family = (byte)family,
            ifa_prefixlen = (byte)PrefixLength,
            ifa_scope = AttributeValues.Byte(Scope),
            ifa_index = (uint)Index,
            ifa_flags = (byte)Flags,
        });
        writer.Write(IFA_LOCAL, Address);
        writer.Write(IFA_ADDRESS, Peer ?? Address);
        if (Broadcast is not null)
            writer.Write(IFA_BROADCAST, Broadcast);
        if (Label is not null)
            writer.WriteText(IFA_LABEL, Label);
        if (Flags > byte.MaxValue)
            writer.Write(IFA_FLAGS, Flags);
        if (Metric is { } metric)
            writer.Write(IFA_RT_PRIORITY, metric);
        if (PreferredLifetime is not null || ValidLifetime is not null)
        {
            writer.Write(
                IFA_CACHEINFO, new ifa_cacheinfo { ifa_prefered = Seconds(PreferredLifetime), ifa_valid = Seconds(ValidLifetime) });
        }
    }

    static TimeSpan? Lifetime(uint seconds) => seconds == uint.MaxValue ? null : TimeSpan.FromSeconds(seconds);

    static uint Seconds(TimeSpan? lifetime) =>
        lifetime is { } time ? (uint)Math.Clamp(Math.Ceiling(time.TotalSeconds), 0, uint.MaxValue - 1) : uint.MaxValue;
}
