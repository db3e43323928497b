namespace Unp.Net.Packets;

/// <summary>
/// A group of captures that share the packets of an interface, each of which goes to one member (PACKET_FANOUT). Linux only.
/// </summary>
/// <seealso href="https://man7.org/linux/man-pages/man7/packet.7.html">packet(7)</seealso>
public sealed record CaptureFanout
{
    /// <summary>Gets the number of the group, 0 to 65535, in this network namespace.</summary>
    public required int Group { get; init; }

    /// <summary>Gets how the kernel chooses the member. All members must have the same mode. The default is by flow.</summary>
    public FanoutMode Mode { get; init; }

    /// <summary>Gets whether packets for a full member go to the next one. The default is false.</summary>
    public bool RollsOver { get; init; }

    /// <summary>
    /// Gets whether IPv4 fragments are assembled before the choice, so that all of a datagram go to one member. The default is false.
    /// </summary>
    public bool Defragments { get; init; }

    /// <summary>Checks the options.</summary>
    /// <exception cref="ArgumentOutOfRangeException">
    /// <see cref="Group"/> is not 0 to 65535, or <see cref="Mode"/> is unknown.
    /// </exception>
    public void Validate()
    {
        if (Group is < 0 or > ushort.MaxValue)
            throw new ArgumentOutOfRangeException(nameof(Group), Group, "The number of the group must be 0 to 65535.");
        if (!Enum.IsDefined(Mode))
            throw new ArgumentOutOfRangeException(nameof(Mode), Mode, "The mode must be a member of FanoutMode.");
    }
}
