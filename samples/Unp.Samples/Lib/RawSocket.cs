using Unp.Net.Packets;

namespace Unp.Samples;

/// <summary>Raw and packet sockets, which only a privileged process may create.</summary>
static class RawSocket
{
    /// <summary>Creates a socket. If a right is missing, the error names it.</summary>
    /// <param name="family">AF_INET, AF_INET6 or AF_PACKET.</param>
    /// <param name="type">SOCK_RAW, or SOCK_DGRAM for AF_PACKET.</param>
    /// <param name="protocol">The protocol.</param>
    /// <param name="hint">What the user can do without the right, or nothing.</param>
    /// <exception cref="UnpException">EPERM: the process has neither root's rights nor CAP_NET_RAW.</exception>
    public static Fd Open(int family, int type, int protocol, string hint = "")
    {
        try
        {
            return Socket(family, type, protocol);
        }
        catch (UnpException refused) when (refused.Errno.IsAny(Errno.EPERM, Errno.EACCES))
        {
            throw new UnpException(refused.Errno, refused.Function, $"this needs root or CAP_NET_RAW{hint}");
        }
    }

    /// <summary>Gives up the rights of a set-user-ID program. Sockets that exist keep working (UNP 28.5).</summary>
    public static void GiveUpRights()
    {
        if (setuid(getuid()) < 0)
            err_sys("setuid error");
    }

    /// <summary>Reads the packet that a raw socket of IPv4 has received.</summary>
    /// <returns>Whether it is an IPv4 packet with a whole header.</returns>
    public static bool TryReadIpv4(Span<byte> received, out Ipv4Packet packet)
    {
        if (OperatingSystem.IsMacOS() && received.Length >= Ipv4Header.Size)
            Ipv4Header.RestoreNetworkOrder(received);
        return Ipv4Packet.TryRead(received, out packet);
    }
}
