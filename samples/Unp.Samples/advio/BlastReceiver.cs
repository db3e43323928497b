using System.Buffers.Binary;

namespace Unp.Samples.advio;

/// <summary>Receives numbered datagrams, checks each, and counts system calls. Receiving allocates nothing.</summary>
/// <param name="size">The number of bytes per datagram.</param>
abstract class BlastReceiver(int size)
{
    /// <summary>The maximum size of a message that GRO assembles.</summary>
    const int MaxGroSize = 65_535;

    long next;

    /// <summary>Gets the highest received number plus 1. The sender's thread reads it.</summary>
    public long Next => Volatile.Read(ref next);

    /// <summary>Gets the number of datagrams received.</summary>
    public long Received { get; private set; }

    /// <summary>Gets the number of datagrams that arrived after a higher number.</summary>
    public long OutOfOrder { get; private set; }

    /// <summary>Gets the number of system calls.</summary>
    public long Calls { get; protected set; }

    /// <summary>Waits for datagrams and processes them.</summary>
    /// <exception cref="UnpException">EAGAIN: no datagram arrived within SO_RCVTIMEO.</exception>
    /// <exception cref="FormatException">A datagram has another size.</exception>
    public abstract void Receive();

    /// <summary>Returns the buffer size for a message: one byte more than expected, to detect longer datagrams.</summary>
    protected static int Room(int size, int segments) => segments > 1 ? MaxGroSize : size + 1;

    /// <summary>
    /// Splits a message into datagrams of the segment size in its control data. The last one may be shorter. Without control data the
    /// message is one datagram.
    /// </summary>
    protected void Take(ReadOnlySpan<byte> message, ControlMessages control)
    {
        int segment = message.Length;
        foreach (ControlMessage item in control)
        {
            if (item.TryGetSegmentSize(out int together))
                segment = together;
        }
        long highest = next;
        do
        {
            ReadOnlySpan<byte> datagram = message[..Math.Min(segment, message.Length)];
            if (datagram.Length != size)
                throw new FormatException($"received a datagram of {datagram.Length} bytes, but all were sent with {size}");
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

/// <summary>Receives one message per system call.</summary>
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

/// <summary>Receives all available messages per system call, up to the batch size.</summary>
sealed class BatchReceiver(Fd sockfd, int size, int messages, int segments) : BlastReceiver(size)
{
    readonly MessageBatch batch = new(messages, Room(size, segments), segments > 1 ? ControlSpace.Number : 0);

    public override void Receive()
    {
        Calls++;
        int count = Recvmmsg(sockfd, batch);
        if (!OperatingSystem.IsLinux())
            Calls += Math.Min(count, messages - 1); // the library loops over recvmsg; unless the batch is full, the last call finds nothing
        for (int i = 0; i < count; i++)
            Take(batch[i].Data, batch[i].Control);
    }
}
