using System.Buffers.Binary;

namespace Unp.Samples.advio;

/// <summary>Receives numbered datagrams, looks at each, and counts its system calls. Receiving allocates nothing.</summary>
/// <param name="size">The bytes of each datagram.</param>
abstract class BlastReceiver(int size)
{
    /// <summary>The most that GRO puts together.</summary>
    const int MostTogether = 65_535;

    long next;

    /// <summary>One more than the highest number that has come; for the sender's thread.</summary>
    public long Next => Volatile.Read(ref next);

    /// <summary>How many datagrams have come.</summary>
    public long Received { get; private set; }

    /// <summary>How many of them came after a higher number.</summary>
    public long OutOfOrder { get; private set; }

    /// <summary>Every system call that was made.</summary>
    public long Calls { get; protected set; }

    /// <summary>Waits for datagrams and takes them.</summary>
    /// <exception cref="UnpException">EAGAIN: none came within SO_RCVTIMEO.</exception>
    /// <exception cref="FormatException">One has another size.</exception>
    public abstract void Receive();

    /// <summary>Room for a message: a byte more than it should have, so that a longer one is seen.</summary>
    protected static int Room(int size, int segments) => segments > 1 ? MostTogether : size + 1;

    /// <summary>Takes a message apart: into datagrams of the size that is told with it, of which the last may be shorter, or one.</summary>
    protected void Take(ReadOnlySpan<byte> message, ControlMessages control)
    {
        int segment = message.Length;
        foreach (ControlMessage told in control)
        {
            if (told.TryGetSegmentSize(out int together))
                segment = together;
        }
        long highest = next;
        do
        {
            ReadOnlySpan<byte> datagram = message[..Math.Min(segment, message.Length)];
            if (datagram.Length != size)
                throw new FormatException($"a datagram of {datagram.Length} bytes has come, where {size} were sent");
            long number = BinaryPrimitives.ReadInt64LittleEndian(datagram);
            if (number < highest)
                OutOfOrder++;
            else
                highest = number + 1;
            Received++;
            message = message[datagram.Length..];
        }
        while (!message.IsEmpty);
        Volatile.Write(ref next, highest);
    }
}

/// <summary>A message in each call.</summary>
sealed class SingleReceiver(Fd sockfd, int size, int segments) : BlastReceiver(size)
{
    readonly byte[] message = new byte[Room(size, segments)];
    readonly byte[] control = new byte[ControlSpace.Number];

    public override void Receive()
    {
        Calls++;
        if (segments == 1)
        {
            Take(message.AsSpan(0, Recv(sockfd, message)), default);
            return;
        }
        ReceivedMessage received = Recvmsg(sockfd, message, 0, control);
        Take(message.AsSpan(0, received.Length), received.Control);
    }
}

/// <summary>As many messages in each call as are there.</summary>
sealed class BatchReceiver(Fd sockfd, int size, int messages, int segments) : BlastReceiver(size)
{
    readonly MessageBatch batch = new(messages, Room(size, segments), segments > 1 ? ControlSpace.Number : 0);

    public override void Receive()
    {
        Calls++;
        int count = Recvmmsg(sockfd, batch);
        if (!OperatingSystem.IsLinux())
            Calls += Math.Min(count, messages - 1); // a loop of recvmsg, whose last call finds nothing unless the batch is full
        for (int i = 0; i < count; i++)
            Take(batch[i].Data, batch[i].Control);
    }
}
