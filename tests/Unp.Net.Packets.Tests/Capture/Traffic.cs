using System.Buffers.Binary;

namespace Unp.Net.Packets.Tests;

/// <summary>Datagrams to a port of the loopback of a namespace, whose last four bytes are their number.</summary>
sealed class Traffic : IDisposable
{
    readonly Fd receiver;
    readonly Fd sender;
    readonly SockAddr to;
    readonly byte[] data = new byte[60_000];

    internal Traffic(NetworkNamespace host)
    {
        receiver = host.Socket(AF_INET, SOCK_DGRAM);
        Bind(receiver, SockAddr.Loopback(AF_INET));
        to = Getsockname(receiver);
        sender = host.Socket(AF_INET, SOCK_DGRAM);
    }

    /// <summary>Gets a filter for the datagrams.</summary>
    internal string Filter => $"udp dst port {to.Port}";

    /// <summary>Gets the number of the next datagram.</summary>
    internal int Next { get; private set; }

    /// <summary>Sends datagrams of a length, which the receiver drops when its buffer is full.</summary>
    internal void Send(int count = 1, int length = 100)
    {
        for (int i = 0; i < count; i++)
        {
            BinaryPrimitives.WriteInt32BigEndian(data.AsSpan(length - 4), Next++);
            Sendto(sender, data.AsSpan(0, length), 0, to);
        }
    }

    public void Dispose()
    {
        sender.Dispose();
        receiver.Dispose();
    }
}
