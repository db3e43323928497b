using System.Net;
using System.Net.Sockets;
using System.Text;
using DotNetSocket = System.Net.Sockets.Socket;

namespace Unp.Samples.Tests.udpcliserv;

/// <summary>The test's own UDP socket, using .NET's sockets rather than Unp.Net. Each character of a text stands for one byte.</summary>
sealed class UdpWire : IDisposable
{
    readonly DotNetSocket socket;
    readonly byte[] buffer = new byte[65_536];

    public UdpWire(string address = "127.0.0.1")
    {
        var endPoint = new IPEndPoint(IPAddress.Parse(address), 0);
        Loopback.Require(new SockAddr(endPoint).Family);
        socket = new DotNetSocket(endPoint.AddressFamily, SocketType.Dgram, ProtocolType.Udp) { ReceiveBufferSize = 4_000_000 };
        socket.ReceiveTimeout = (int)Limit.Default.TotalMilliseconds;
        socket.Bind(endPoint);
    }

    public SockAddr Local => new((IPEndPoint)socket.LocalEndPoint!);

    public string Port => $"{Local.Port}";

    /// <summary>Whether no received datagram is waiting.</summary>
    public bool IsEmpty => socket.Available == 0;

    public UdpWire SendTo(SockAddr receiver, string bytes)
    {
        Assert.Equal(bytes.Length, socket.SendTo(Encoding.Latin1.GetBytes(bytes), new IPEndPoint(receiver.Address, receiver.Port)));
        return this;
    }

    /// <summary>Receives the next datagram.</summary>
    public string Receive(out SockAddr sender)
    {
        EndPoint from = new IPEndPoint(socket.AddressFamily == AddressFamily.InterNetwork ? IPAddress.Any : IPAddress.IPv6Any, 0);
        int n = socket.ReceiveFrom(buffer, ref from);
        sender = new((IPEndPoint)from);
        return Encoding.Latin1.GetString(buffer, 0, n);
    }

    public string Receive() => Receive(out _);

    public void Dispose() => socket.Dispose();
}
