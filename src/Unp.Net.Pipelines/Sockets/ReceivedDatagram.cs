namespace Unp.Net.Pipelines;

/// <summary>The result of <see cref="LoopSocket.ReceiveFromAsync"/>.</summary>
/// <param name="Length">The number of bytes; 0 for an empty datagram.</param>
/// <param name="From">The sender. On a connected stream it is empty, without an address family.</param>
public readonly record struct ReceivedDatagram(int Length, SockAddr From)
{
    /// <summary>Returns a text such as <c>"5 bytes from 192.0.2.1:9877"</c>.</summary>
    public override string ToString() => LoopSocket.Describe(Length, From);
}
