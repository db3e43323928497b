using System.Buffers.Binary;
using static Unp.Net.Libc;

namespace Unp.Net.Multiplexing;

/// <summary>The load generator's end of a connection. It sends one message at a time and compares it with its echo.</summary>
sealed class LoadConnection(Fd socket, Fd epfd, int index, byte[] scratch, int size)
{
    readonly int number = (int)socket.DangerousGetHandle();
    readonly byte[] message = MakeMessage(index, size);
    ulong sequence = (ulong)index << 40;
    int sent;
    int received;

    /// <summary>The time at which the message was sent, in Stopwatch ticks.</summary>
    internal long SentAt { get; private set; }

    internal void Request(long now)
    {
        BinaryPrimitives.WriteUInt64LittleEndian(message, ++sequence);
        SentAt = now;
        sent = 0;
        received = 0;
        SendSome();
        if (sent < size)
            Watch(EPOLLIN | EPOLLOUT);
    }

    /// <summary>Sends the rest when the socket is writable again.</summary>
    internal void SendRest()
    {
        SendSome();
        if (sent == size)
            Watch(EPOLLIN);
    }

    /// <summary>Receives a part of the echo.</summary>
    /// <returns>Whether the echo is complete.</returns>
    internal bool Receive()
    {
        nint got = recv(number, scratch);
        if (got < 0 && Errno.Last == Errno.EAGAIN)
            return false;
        if (got <= 0)
            throw got == 0 ? new BenchmarkException("the server closed a connection") : new UnpException(Errno.Last, "recv");
        if (received == 0 && got >= sizeof(ulong) && BinaryPrimitives.ReadUInt64LittleEndian(scratch) != sequence)
            throw new BenchmarkException("an echo differs from its message");
        received += (int)got;
        return received < size ? false
            : received == size ? true
            : throw new BenchmarkException($"{received} bytes were echoed for a message of {size}");
    }

    /// <summary>Checks that no data follows the last echo.</summary>
    internal void CheckSilent()
    {
        if (recv(number, scratch) >= 0)
            throw new BenchmarkException("the server echoed more than was sent");
    }

    static byte[] MakeMessage(int index, int size)
    {
        byte[] message = new byte[size];
        new Random(index).NextBytes(message);
        return message;
    }

    void SendSome()
    {
        nint n = send(number, message.AsSpan(sent), MSG_NOSIGNAL);
        if (n < 0 && Errno.Last != Errno.EAGAIN)
            throw new UnpException(Errno.Last, "send");
        sent += (int)Math.Max(0, n);
    }

    void Watch(uint events) => Libunp.Epoll_ctl(epfd, EPOLL_CTL_MOD, socket, events, (uint)index);
}
