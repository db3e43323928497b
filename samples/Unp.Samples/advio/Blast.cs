using System.Diagnostics;

namespace Unp.Samples.advio;

/// <summary>One method of <see cref="udpblast"/>: a sender and a receiver on two threads, over 127.0.0.1.</summary>
/// <remarks>
/// UDP has no flow control, so an unlimited sender would measure only losses when the receiver is slower. The sender therefore keeps at
/// most half of the receive buffer in flight. It reads the receiver's progress from shared memory, without a system call. The slower side
/// then determines the rate, as in a protocol with credits. Lost datagrams are counted but not waited for.
/// </remarks>
sealed class Blast
{
    public const int MinSize = sizeof(long); // the datagram's number
    public const int MaxSize = 65_507; // the limit of UDP over IPv4

    const int BufferSize = 4 * 1024 * 1024; // Linux grants at most net.core.rmem_max

    /// <summary>
    /// The time-out of the receiver's wait for a datagram, and of the sender's wait for room. It exceeds the time a thread usually waits
    /// for a processor.
    /// </summary>
    static readonly TimeSpan StallTimeout = TimeSpan.FromMilliseconds(100);

    readonly BlastSender sender;
    readonly BlastReceiver receiver;
    readonly long window;
    readonly int bufferSize;
    long sent = long.MaxValue; // until the number is known
    long ended;

    /// <param name="sending">Connected to <paramref name="receiving"/>.</param>
    /// <param name="receiving">Connected to <paramref name="sending"/>.</param>
    /// <param name="size">The number of bytes per datagram.</param>
    /// <param name="messages">The number of messages per system call. With 1, the calls are <c>send</c> and <c>recv</c>.</param>
    /// <param name="segments">The number of datagrams into which the kernel splits a message.</param>
    Blast(Fd sending, Fd receiving, int size, int messages, int segments)
    {
        Setsockopt(receiving, SocketOptions.RcvBuf, BufferSize);
        Setsockopt(receiving, SocketOptions.RcvTimeo, StallTimeout);
        bufferSize = Getsockopt(receiving, SocketOptions.RcvBuf);

        if (segments > 1)
        {
            Setsockopt(sending, SocketOptions.UdpSegment, size);
            Setsockopt(receiving, SocketOptions.UdpGro, true);
        }

        // Linux charges a datagram's memory: at most twice its bytes plus about 1 kB.
        window = Math.Max(1, bufferSize / 2 / ((2 * size) + 1024));
        sender = messages == 1 ? new SingleSender(sending, size, segments) : new BatchSender(sending, size, messages, segments);
        receiver = messages == 1
            ? new SingleReceiver(receiving, size, segments)
            : new BatchReceiver(receiving, size, messages, segments);
    }

    /// <summary>Runs one measurement.</summary>
    /// <param name="size">The number of bytes per datagram.</param>
    /// <param name="messages">The number of messages per system call. With 1, the calls are <c>send</c> and <c>recv</c>.</param>
    /// <param name="segments">The number of datagrams that the kernel makes of a message. With 1, GSO and GRO are off.</param>
    /// <param name="count">The maximum number of datagrams to send.</param>
    /// <param name="duration">The maximum time to send, or null for no limit.</param>
    /// <param name="stop">Ends the measurement early.</param>
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

    /// <summary>Creates a socket with a port chosen by the kernel.</summary>
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
            int some = (int)Math.Min(Math.Min(sender.MaxCount, window), count - next);
            if (!IsRoom(next + some, givenUp) && !WaitForRoom(next + some, givenUp))
                givenUp = next; // all datagrams in flight are lost, or the receiver got no processor time
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
            if (Stopwatch.GetElapsedTime(started) > StallTimeout)
                return false;
            spin.SpinOnce(sleep1Threshold: -1);
        }
        return true;
    }

    /// <summary>Receives until all sent datagrams have arrived, or no more arrive.</summary>
    void Receive()
    {
        while (true)
        {
            // Read before the call, because the last datagrams may arrive just after a call that timed out.
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

/// <summary>The result of one method.</summary>
/// <param name="Sent">The number of datagrams sent.</param>
/// <param name="Received">The number of datagrams received.</param>
/// <param name="OutOfOrder">The number of datagrams that arrived after a datagram sent later.</param>
/// <param name="SendCalls">The sender's system calls.</param>
/// <param name="ReceiveCalls">The receiver's system calls, including those that timed out.</param>
/// <param name="Elapsed">The time from the first send to the last arrival.</param>
/// <param name="ReceiveBuffer">SO_RCVBUF, in the kernel's units.</param>
/// <param name="Window">The maximum number of datagrams in flight.</param>
sealed record BlastResult(
    long Sent, long Received, long OutOfOrder, long SendCalls, long ReceiveCalls, TimeSpan Elapsed, int ReceiveBuffer, long Window)
{
    public long Lost => Sent - Received;

    public double PerSecond => Received / Elapsed.TotalSeconds;
}
