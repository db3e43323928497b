using System.Net;
using System.Net.Sockets;
using System.Text;
using DotNetSocket = System.Net.Sockets.Socket;

namespace Unp.Samples.Tests;

/// <summary>
/// The test's own end of a connection, using .NET's sockets rather than Unp.Net, so it sees the bytes actually sent. Each character of a
/// text stands for one byte. Every call has a time limit.
/// </summary>
sealed class Wire : IDisposable
{
    readonly DotNetSocket socket;

    Wire(DotNetSocket socket)
    {
        socket.SendTimeout = socket.ReceiveTimeout = (int)Limit.Default.TotalMilliseconds;
        this.socket = socket;
    }

    /// <summary>The local address.</summary>
    public SockAddr Local => new((IPEndPoint)socket.LocalEndPoint!);

    /// <summary>The number of received segments with data (<c>tcpi_data_segs_in</c> of TCP_INFO).</summary>
    public int DataSegmentsReceived
    {
        get
        {
            const int TCP_INFO = 11;
            Span<byte> info = stackalloc byte[160];
            Assert.Equal(info.Length, socket.GetRawSocketOption((int)SocketOptionLevel.Tcp, TCP_INFO, info));
            return BitConverter.ToInt32(info[152..]);
        }
    }

    /// <summary>Whether data or the end of the stream can be received at once.</summary>
    public bool HasData => socket.Poll(TimeSpan.Zero, SelectMode.SelectRead);

    public static Wire Connect(SockAddr server)
    {
        bool isUnix = server.Family == AF_UNIX;
        EndPoint endPoint = isUnix ? new UnixDomainSocketEndPoint(server.Path) : new IPEndPoint(server.Address, server.Port);
        var socket = new DotNetSocket(endPoint.AddressFamily, SocketType.Stream, isUnix ? ProtocolType.Unspecified : ProtocolType.Tcp);
        try
        {
            socket.Connect(endPoint);
        }
        catch
        {
            socket.Dispose(); // the server may not listen yet, and the caller tries again
            throw;
        }
        return new Wire(socket);
    }

    public Wire Send(string bytes) => Send(Encoding.Latin1.GetBytes(bytes));

    public Wire Send(byte[] bytes)
    {
        Assert.Equal(bytes.Length, socket.Send(bytes));
        return this;
    }

    /// <summary>Sends out-of-band data. TCP's urgent pointer marks the last byte.</summary>
    public Wire SendUrgent(string bytes)
    {
        Assert.Equal(bytes.Length, socket.Send(Encoding.Latin1.GetBytes(bytes), SocketFlags.OutOfBand));
        return this;
    }

    /// <summary>Receives the next out-of-band byte.</summary>
    public char ReceiveUrgent()
    {
        Span<byte> bytes = stackalloc byte[2];
        Assert.True(socket.Poll(Limit.Default, SelectMode.SelectError), "no out-of-band data arrived");
        Assert.Equal(1, socket.Receive(bytes, SocketFlags.OutOfBand));
        return (char)bytes[0];
    }

    /// <summary>Receives exactly <paramref name="size"/> bytes.</summary>
    public string Receive(int size) => Encoding.Latin1.GetString(ReceiveBytes(size));

    /// <inheritdoc cref="Receive"/>
    public byte[] ReceiveBytes(int size)
    {
        var bytes = new byte[size];
        int received = 0;
        while (received < size)
        {
            int n = socket.Receive(bytes.AsSpan(received));
            Assert.True(n > 0, $"the stream ended after {received} of {size} bytes");
            received += n;
        }
        return bytes;
    }

    /// <summary>Receives as much as one call returns.</summary>
    public string ReceiveOnce()
    {
        Span<byte> bytes = stackalloc byte[100];
        return Encoding.Latin1.GetString(bytes[..socket.Receive(bytes)]);
    }

    /// <summary>Receives everything until the peer ends sending.</summary>
    public string ReceiveToEnd()
    {
        var text = new StringBuilder();
        while (ReceiveOnce() is { Length: > 0 } part)
            text.Append(part);
        return text.ToString();
    }

    /// <summary>Sends FIN. Data can still be received.</summary>
    public Wire EndSending()
    {
        socket.Shutdown(SocketShutdown.Send);
        return this;
    }

    /// <summary>Sends as much as the peer accepts.</summary>
    public void TrySend(string bytes)
    {
        try
        {
            Send(bytes);
        }
        catch (SocketException)
        {
            // The peer has closed the connection.
        }
    }

    /// <summary>Receives whatever arrives within a time, possibly nothing.</summary>
    public string ReceiveWithin(TimeSpan time) => socket.Poll(time, SelectMode.SelectRead) ? ReceiveOnce() : "";

    /// <summary>Ends the connection with RST.</summary>
    public void Reset()
    {
        socket.LingerState = new LingerOption(enable: true, seconds: 0);
        socket.Dispose();
    }

    public void Dispose() => socket.Dispose();

    /// <summary>A server of the test, on a free port unless one is given.</summary>
    public sealed class Listener : IDisposable
    {
        readonly DotNetSocket socket;

        public Listener(string address = "127.0.0.1", int port = 0)
        {
            var endPoint = new IPEndPoint(IPAddress.Parse(address), port);
            Loopback.Require(new SockAddr(endPoint).Family);
            socket = new DotNetSocket(endPoint.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
            socket.Bind(endPoint);
            socket.Listen();
        }

        public string Port => $"{((IPEndPoint)socket.LocalEndPoint!).Port}";

        public Wire Accept()
        {
            Assert.True(socket.Poll(Limit.Default, SelectMode.SelectRead), "no client connected");
            return new Wire(socket.Accept());
        }

        public void Dispose() => socket.Dispose();
    }
}
