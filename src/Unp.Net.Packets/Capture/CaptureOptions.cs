namespace Unp.Net.Packets;

/// <summary>Options for <see cref="PacketCapture"/>, <see cref="PacketSocket"/> and <see cref="BpfDevice"/>.</summary>
public sealed record CaptureOptions
{
    internal const int DefaultSnapLength = 262144;

    internal static CaptureOptions Default { get; } = new();

    /// <summary>Gets the filter; null (the default) accepts every packet. It has the link type of the capture.</summary>
    /// <remarks>
    /// The kernel runs it, from the first packet on. A filter that the kernel cannot run on a capture of
    /// <see cref="LinkType.LinuxSll2"/> runs in this process. Linux removes the first VLAN tag of a packet before the filter runs, so
    /// <c>vlan</c> does not see it.
    /// </remarks>
    public BpfProgram? Filter { get; init; }

    /// <summary>Gets the number of bytes that are captured of a packet. The default is 262144, as in tcpdump.</summary>
    public int SnapLength { get; init; } = DefaultSnapLength;

    /// <summary>
    /// Gets whether the interface is in promiscuous mode, in which it also receives frames for other hosts. The default is false.
    /// </summary>
    public bool IsPromiscuous { get; init; }

    /// <summary>Gets the direction of the packets. The default is both.</summary>
    public CaptureDirection Direction { get; init; }

    /// <summary>Gets the clock of the times. The default is the kernel's. Linux only.</summary>
    public CaptureClock Clock { get; init; }

    /// <summary>Gets the group of captures that share the packets; null (the default): this one receives all. Linux only.</summary>
    public CaptureFanout? Fanout { get; init; }

    /// <summary>
    /// Gets whether the capture continues while its interface is down, and receives again when it is up. The default is false: the next
    /// read reports ENETDOWN. Linux only.
    /// </summary>
    public bool ContinuesWhileDown { get; init; }

    /// <summary>
    /// Gets the number of bytes of a block of the ring, a multiple of the page size. A longer packet is cut. The default is 128 KiB.
    /// <see cref="BpfDevice"/> has a buffer of this size.
    /// </summary>
    public int BlockSize { get; init; } = 128 * 1024;

    /// <summary>Gets the number of blocks of the ring. The default is 64, which makes a ring of 8 MiB.</summary>
    public int BlockCount { get; init; } = 64;

    /// <summary>
    /// Gets the time after which a block with packets is delivered although it is not full, in whole milliseconds. The default is 20 ms.
    /// </summary>
    /// <remarks>
    /// A short time delivers packets soon. A long time saves processor time, and blocks: a program that does not read for
    /// <see cref="BlockCount"/> times this time may lose packets even if they are few.
    /// </remarks>
    public TimeSpan BlockTimeout { get; init; } = TimeSpan.FromMilliseconds(20);

    /// <summary>Gets the number of bytes of the ring.</summary>
    internal int RingSize => BlockSize * BlockCount;

    /// <summary>Checks the options.</summary>
    /// <exception cref="ArgumentOutOfRangeException">
    /// <see cref="SnapLength"/>, <see cref="BlockSize"/> or <see cref="BlockCount"/> is not 1 or more; <see cref="BlockTimeout"/> is not
    /// between a millisecond and a minute; <see cref="Direction"/> or <see cref="Clock"/> is unknown; the ring has 2 GiB or more; an
    /// option of <see cref="Fanout"/> is out of range.
    /// </exception>
    /// <exception cref="ArgumentException"><see cref="BlockSize"/> is not a multiple of the page size.</exception>
    public void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(SnapLength, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(BlockSize, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(BlockCount, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(BlockTimeout, TimeSpan.FromMilliseconds(1));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(BlockTimeout, TimeSpan.FromMinutes(1));
        if (!Enum.IsDefined(Direction))
            throw new ArgumentOutOfRangeException(nameof(Direction), Direction, "The direction must be a member of CaptureDirection.");
        if (!Enum.IsDefined(Clock))
            throw new ArgumentOutOfRangeException(nameof(Clock), Clock, "The clock must be a member of CaptureClock.");
        if (BlockSize % Environment.SystemPageSize != 0)
        {
            throw new ArgumentException(
                $"The block size {BlockSize} is not a multiple of the page size, {Environment.SystemPageSize}.", nameof(BlockSize));
        }
        if ((long)BlockSize * BlockCount > int.MaxValue)
        {
            throw new ArgumentOutOfRangeException(
                nameof(BlockCount), BlockCount, $"The ring of blocks of {BlockSize} bytes has 2 GiB or more.");
        }
        Fanout?.Validate();
    }
}
