using System.Buffers.Binary;
using static Unp.Net.Libc;

namespace Unp.Net.Multiplexing;

/// <summary>The load generator's end of a connection: one message at a time, sent and held against its echo.</summary>
sealed class LoadConnection(Fd socket, Fd epfd, int index, byte[] scratch, int size)
{
    readonly int number = (int)socket.DangerousGetHandle();
    readonly byte[] message = MakeMessage(index, size);
    ulong sequence = (ulong)index << 40;
    int sent;
    int received;

    /// <summary>When the message went, in ticks of Stopwatch.</summary>
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

    /// <summary>There is room for what could not be sent.</summary>
    internal void SendRest()
    {
        SendSome();
        if (sent == size)
            Watch(EPOLLIN);
    }

    /// <summary>Receives some of the echo.</summary>
    /// <returns>Whether it is complete.</returns>
    internal bool Receive()
    {
        nint got = recv(number, scratch);
        if (got < 0 && Errno.Last == Errno.EAGAIN)
            return false;
        if (got <= 0)
            throw got == 0 ? new BenchmarkException("the server closed a connection") : new UnpException(Errno.Last, "recv");
        if (received == 0 && got >= sizeof(ulong) && BinaryPrimitives.ReadUInt64LittleEndian(scratch) != sequence)
            throw new BenchmarkException("an echo is not what was sent");
        received += (int)got;
        return received < size ? false
            : received == size ? true
            : throw new BenchmarkException($"{received} bytes came back for {size}");
    }

    /// <summary>Sees that nothing comes after the last echo.</summary>
    internal void CheckSilent()
    {
        if (recv(number, scratch) >= 0)
            throw new BenchmarkException("more came back than was sent");
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
