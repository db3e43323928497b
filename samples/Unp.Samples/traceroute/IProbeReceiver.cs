namespace Unp.Samples.traceroute;

/// <summary>Sends the probes of <see cref="traceroute"/> and receives their answers.</summary>
interface IProbeReceiver
{
    /// <summary>Sends a probe.</summary>
    /// <exception cref="UnpException">This host cannot send it.</exception>
    void Send(ReadOnlySpan<byte> probe, in SockAddr to);

    /// <summary>Returns the answer to the probe for a port, or null after the time.</summary>
    ProbeAnswer? Receive(int port, TimeSpan timeout);
}
