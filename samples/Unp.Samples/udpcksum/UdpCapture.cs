using Unp.Net.Packets;

namespace Unp.Samples.udpcksum;

/// <summary>
/// Captures the UDP packets of one sender on an interface (UNP 29.7). The book's libpcap is here a packet socket and a
/// program of BPF, which the kernel runs for each packet.
/// </summary>
sealed class UdpCapture : IDisposable
{
    readonly Fd pd;
    readonly byte[] buffer = new byte[ushort.MaxValue];

    /// <summary>Opens the interface. With <paramref name="verbose"/> prints it and the filter.</summary>
    /// <param name="device">The name of the interface.</param>
    /// <param name="sender">The address and port of the sender.</param>
    /// <param name="verbose">Whether to print.</param>
    public UdpCapture(string device, in SockAddr sender, bool verbose)
    {
        string cmd = $"udp and src host {Sock_ntop_host(sender)} and src port {sender.Port}";
        if (verbose)
            Console.WriteLine($"device = {device}\ncmd = {cmd}");

        // SOCK_DGRAM: packets without their link-layer header. Protocol 0: none before the filter is in place.
        uint ifindex = If_nametoindex(device);
        pd = RawSocket.Open(AF_PACKET, SOCK_DGRAM, 0);
        try
        {
            BpfProgram.Compile(cmd, LinkType.Raw).AttachTo(pd);
            Bind(pd, SockAddr.Packet(ifindex, (int)EtherType.Ipv4));
        }
        catch
        {
            pd.Dispose();
            throw;
        }
    }

    /// <summary>Receives the next packet. After the time the result is false.</summary>
    public bool TryReceive(TimeSpan timeout, out Packet packet)
    {
        packet = default;
        if (timeout <= TimeSpan.Zero || Readable_timeo(pd, timeout) == 0)
            return false;
        int n = Recvfrom(pd, buffer, 0, out _);
        packet = Packet.Decode(buffer.AsSpan(0, n), LinkType.Raw);
        return true;
    }

    public void Dispose() => pd.Dispose();
}
