using System.Net.Sockets;

namespace Unp.Samples.Tests.tcpcliserv;

/// <summary>A client of an echo server that sends until all buffers are full before it reads anything.</summary>
sealed class LateReader : IDisposable
{
    /// <summary>
    /// More than the kernel buffers in both directions (about 10 MiB by default), so that unlimited buffering in the server is detected.
    /// </summary>
    const int TooMuch = 256 << 20;

    // The length is a prime number, so a lost or doubled buffer shifts the pattern and is noticed.
    static readonly byte[] Pattern = [.. Enumerable.Range(0, 65_521).Select(i => (byte)(i * i >> 5))];

    readonly System.Net.Sockets.Socket socket = new(SocketType.Stream, ProtocolType.Tcp);
    readonly byte[] received = new byte[Pattern.Length];
    long sent;
    long taken;

    public LateReader(SockAddr server)
    {
        socket.ReceiveBufferSize = socket.SendBufferSize = 16 * 1024;
        socket.ReceiveTimeout = (int)Limit.Default.TotalMilliseconds;
        socket.Connect(new System.Net.IPEndPoint(server.Address, server.Port));
    }

    /// <summary>
    /// Sends until the socket refuses data ten times in a row. The server answers another client each time, so it reads no more.
    /// </summary>
    public void SendUntilNoRoom(Wire other, string question = "in between")
    {
        long before = sent;
        for (int refused = 0; refused < 10;)
        {
            refused = TrySend() ? 0 : refused + 1;
            Assert.Equal(question, other.Send(question).Receive(question.Length));
        }
        Assert.True(sent > before, "the socket accepted no data");
    }

    /// <summary>
    /// Sends until the server sleeps in a write to this client. Then one question of the other client, <c>question</c>, has no answer.
    /// </summary>
    public void SendUntilServerBlocks(Peer serving, Wire other)
    {
        const string Question = "question";
        const int Looks = 50; // a short wait for room counts as one look
        other.Send(Question);
        int blocked = 0;
        Limit.Until(
            () =>
            {
                while (TrySend())
                    blocked = 0;
                if (other.HasData)
                {
                    Assert.Equal(Question, other.Receive(Question.Length));
                    other.Send(Question);
                    blocked = 0;
                }
                blocked = Proc.ThreadsIn(serving.Id, "unp", "write", "sendto") == 1 ? blocked + 1 : 0;
                return blocked == Looks;
            },
            "the server waits for the client that does not read");
    }

    /// <summary>Reads everything that was sent.</summary>
    public void ReceiveAll()
    {
        while (taken < sent)
            Receive();
    }

    /// <summary>Ends sending, then reads everything that was sent and the end of the stream.</summary>
    public void ReceiveAllToEnd()
    {
        socket.Shutdown(SocketShutdown.Send);
        ReceiveAll();
        Assert.Equal(0, socket.Receive(received));
    }

    public void Reset()
    {
        socket.LingerState = new LingerOption(enable: true, seconds: 0);
        socket.Dispose();
    }

    public void Dispose() => socket.Dispose();

    /// <summary>Sends as much as the socket takes at once. Returns false if it takes nothing.</summary>
    bool TrySend()
    {
        socket.Blocking = false;
        int at = (int)(sent % Pattern.Length);
        int n = socket.Send(Pattern.AsSpan(at), SocketFlags.None, out SocketError error);
        socket.Blocking = true;
        Assert.True(error is SocketError.Success or SocketError.WouldBlock, $"send: {error}");
        if (error == SocketError.Success)
            sent += n;
        Assert.InRange(sent, 0, TooMuch);
        return error == SocketError.Success;
    }

    void Receive()
    {
        int at = (int)(taken % Pattern.Length);
        int n = socket.Receive(received.AsSpan(at));
        Assert.True(n > 0, $"the stream ended after {taken} of {sent} bytes");
        Assert.True(received.AsSpan(at, n).SequenceEqual(Pattern.AsSpan(at, n)), $"wrong bytes after {taken}");
        taken += n;
    }
}
