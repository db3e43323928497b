using System.Diagnostics;

namespace Unp.Samples.advio;

/// <summary>One way of <see cref="udpblast"/>: a sender, and a receiver in a thread of its own, over 127.0.0.1.</summary>
/// <remarks>
/// UDP has no flow control, and a receiver that is a little slower than the sender loses nearly all that it is slower by: what would be compared then are
/// losses. So the sender is never further ahead than half of what the receive buffer holds, which it sees in the receiver's memory, without a system call. That
/// makes the slower of the two the measure, as in a protocol that has credits. What is lost all the same is counted, and not waited for.
/// </remarks>
sealed class Blast
{
    public const int LeastSize = sizeof(long); // the datagram's number
    public const int MostSize = 65_507; // the most that UDP over IPv4 carries

    const int BufferSize = 4 * 1024 * 1024; // Linux gives less where net.core.rmem_max is less

    /// <summary>So long the receiver waits for the next datagram, and the sender for room: longer than a thread is kept waiting for a processor.</summary>
    static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(100);

    readonly BlastSender sender;
    readonly BlastReceiver receiver;
    readonly long window;
    readonly int bufferSize;
    long sent = long.MaxValue; // until it is known
    long ended;

    /// <param name="sending">Connected to <paramref name="receiving"/>.</param>
    /// <param name="receiving">Connected to <paramref name="sending"/>.</param>
    /// <param name="size">The bytes of each datagram.</param>
    /// <param name="messages">How many messages go in one system call; 1 is <c>send</c> and <c>recv</c>.</param>
    /// <param name="segments">How many datagrams a message is cut into.</param>
    Blast(Fd sending, Fd receiving, int size, int messages, int segments)
    {
        Setsockopt(receiving, SocketOptions.RcvBuf, BufferSize);
        Setsockopt(receiving, SocketOptions.RcvTimeo, Patience);
        bufferSize = Getsockopt(receiving, SocketOptions.RcvBuf);

        if (segments > 1)
        {
            Setsockopt(sending, SocketOptions.UdpSegment, size);
            Setsockopt(receiving, SocketOptions.UdpGro, true);
        }

        // Linux counts what a datagram takes in memory: at most its bytes doubled, and about 1 kB.
        window = Math.Max(1, bufferSize / 2 / ((2 * size) + 1024));
        sender = messages == 1 ? new SingleSender(sending, size, segments) : new BatchSender(sending, size, messages, segments);
        receiver = messages == 1 ? new SingleReceiver(receiving, size, segments) : new BatchReceiver(receiving, size, messages, segments);
    }

    /// <summary>Sends and receives.</summary>
    /// <param name="size">The bytes of each datagram.</param>
    /// <param name="messages">How many messages go in one system call; 1 is <c>send</c> and <c>recv</c>.</param>
    /// <param name="segments">How many datagrams the kernel makes of a message; 1 is without GSO and GRO.</param>
    /// <param name="count">How many datagrams to send at most.</param>
    /// <param name="duration">How long to send at most; null: until they are sent.</param>
    /// <param name="stop">Ends it earlier.</param>
    public static BlastResult Run(int size, int messages, int segments, long count, TimeSpan? duration, CancellationToken stop)
    {
        using Fd sending = Bound();
        using Fd receiving = Bound();
        Connect(sending, Getsockname(receiving));
        Connect(receiving, Getsockname(sending));
        var blast = new Blast(sending, receiving, size, messages, segments);

        using var end = CancellationTokenSource.CreateLinkedTokenSource(stop);
        if (duration is { } limit)
            end.CancelAfter(limit);
        return blast.Run(count, end.Token);
    }

    /// <summary>A socket with a port of the kernel's choice.</summary>
    public static Fd Bound()
    {
        Fd sockfd = Socket(AF_INET, SOCK_DGRAM);
        Bind(sockfd, SockAddr.Loopback(AF_INET));
        return sockfd;
    }

    BlastResult Run(long count, CancellationToken end)
    {
        Task receiving = Task.Factory.StartNew(Receive, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        long started = Stopwatch.GetTimestamp();
        long total = 0;
        try
        {
            total = Send(count, receiving, end);
        }
        finally
        {
            Volatile.Write(ref sent, total);
        }
        TimeSpan sending = Stopwatch.GetElapsedTime(started);
        receiving.GetAwaiter().GetResult();
        TimeSpan all = ended == 0 ? sending : Stopwatch.GetElapsedTime(started, ended);
        return new BlastResult(
            total, receiver.Received, receiver.OutOfOrder, sender.Calls, receiver.Calls, all > sending ? all : sending, bufferSize, window);
    }

    long Send(long count, Task receiving, CancellationToken end)
    {
        long next = 0;
        long givenUp = 0;
        while (next < count && !end.IsCancellationRequested && !receiving.IsCompleted)
        {
            int some = (int)Math.Min(Math.Min(sender.Most, window), count - next);
            if (!IsRoom(next + some, givenUp) && !WaitForRoom(next + some, givenUp))
                givenUp = next; // all on their way are lost, or the receiver got no processor
            sender.Send(next, some);
            next += some;
        }
        return next;
    }

    bool IsRoom(long upTo, long givenUp) => upTo - Math.Max(receiver.Next, givenUp) <= window;

    bool WaitForRoom(long upTo, long givenUp)
    {
        long started = Stopwatch.GetTimestamp();
        var spin = new SpinWait();
        while (!IsRoom(upTo, givenUp))
        {
            if (Stopwatch.GetElapsedTime(started) > Patience)
                return false;
            spin.SpinOnce(sleep1Threshold: -1);
        }
        return true;
    }

    /// <summary>Receives until all have come that were sent, or no more comes.</summary>
    void Receive()
    {
        while (true)
        {
            // Known before the call: what is sent last may come just after a call that waited in vain.
            long all = Volatile.Read(ref sent);
            bool isKnown = all != long.MaxValue;
            if (receiver.Received >= all)
                return;
            try
            {
                receiver.Receive();
                if (Volatile.Read(ref sent) != long.MaxValue)
                    ended = Stopwatch.GetTimestamp();
            }
            catch (UnpException waited) when (waited.Errno == Errno.EAGAIN)
            {
                if (isKnown)
                    return;
            }
        }
    }
}

/// <summary>What one way came to.</summary>
/// <param name="Sent">How many datagrams were sent.</param>
/// <param name="Received">How many of them arrived.</param>
/// <param name="OutOfOrder">How many of those after one that was sent later.</param>
/// <param name="SendCalls">The sender's system calls.</param>
/// <param name="ReceiveCalls">The receiver's, those that waited in vain too.</param>
/// <param name="Elapsed">From the first send to the last arrival.</param>
/// <param name="ReceiveBuffer">SO_RCVBUF, as the kernel counts it.</param>
/// <param name="Window">How many datagrams were on their way at most.</param>
sealed record BlastResult(
    long Sent, long Received, long OutOfOrder, long SendCalls, long ReceiveCalls, TimeSpan Elapsed, int ReceiveBuffer, long Window)
{
    public long Lost => Sent - Received;

    public double PerSecond => Received / Elapsed.TotalSeconds;
}
