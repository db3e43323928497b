namespace Unp.Net.Packets;

/// <summary>How the kernel chooses the member of a <see cref="CaptureFanout"/> that receives a packet.</summary>
public enum FanoutMode
{
    /// <summary>By the flow: the addresses and ports of both directions.</summary>
    Flow,

    /// <summary>In turn.</summary>
    RoundRobin,

    /// <summary>By the processor that handles the packet.</summary>
    Processor,

    /// <summary>The first member, and the next one while it is full.</summary>
    Rollover,

    /// <summary>At random.</summary>
    Random,

    /// <summary>By the receive queue of the interface.</summary>
    Queue,
}
