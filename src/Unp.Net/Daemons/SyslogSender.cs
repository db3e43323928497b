using System.Diagnostics;
using System.Text;
using static Unp.Net.Libc;

namespace Unp.Net;

/// <summary>
/// A sender of messages to syslogd over its Unix socket, datagram or stream. It never waits for syslogd. <see cref="Libunp.Syslog"/> uses
/// one sender for the whole program. Create another one for another socket or format.
/// </summary>
/// <remarks>
/// <para>syslogd may not be running, or its queue may be full. Lines then wait in a queue of <see cref="SyslogOptions.QueueSize"/> bytes,
/// in order and with the time of the call, and are sent as soon as possible. If the queue is full, new messages are dropped, and a line in
/// their place reports how many.</para>
/// <para>Lines that were in syslogd's socket when it was killed are lost, because the kernel has reported them as delivered.</para>
/// <para>The sender is thread-safe.</para>
/// </remarks>
public sealed class SyslogSender : IDisposable
{
    /// <summary>The interval at which queued lines are tried again.</summary>
    static readonly TimeSpan RetryInterval = TimeSpan.FromMilliseconds(50);

    readonly Lock sending = new();
    readonly SyslogOptions options;
    readonly SyslogLine lines;
    readonly SyslogConnection connection;
    readonly Queue<byte[]> queue = new();
    readonly int facility;
    readonly ThreadStart retry; // created early: when it is needed, no descriptor may be free to load the assembly of Thread
    int queuedBytes;
    int unreportedDrops;
    long lastFailure;
    bool isRetrying;
    bool isDisposed;

    /// <summary>Creates a sender. It connects with the first message, or at once with LOG_NDELAY. syslogd need not be running.</summary>
    /// <exception cref="ArgumentException">
    /// The path is empty or too long, the ident contains a NUL or is too long, or a number has unknown bits.
    /// </exception>
    public SyslogSender(SyslogOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        this.options = options;
        facility = options.Facility == 0 ? LOG_USER : options.Facility;
        lines = new(options);
        connection = new(options.Path);
        retry = Retry;
        if ((options.Option & LOG_NDELAY) != 0)
            connection.Connect();
    }

    /// <summary>Gets the number of messages that were dropped so far.</summary>
    public long DroppedCount { get; private set; }

    /// <summary>Gets the number of lines that wait for syslogd.</summary>
    public int QueuedCount
    {
        get
        {
            lock (sending)
                return queue.Count;
        }
    }

    /// <summary>Sends a message, or queues it until syslogd accepts it (<c>syslog(3)</c>).</summary>
    /// <param name="priority">A level such as LOG_ERR, optionally combined with a facility.</param>
    /// <param name="message">
    /// The text. A newline at the end is removed. A message of more than some kilobytes is sent as several lines. It is not a format
    /// string, so % has no special meaning.
    /// </param>
    /// <exception cref="ArgumentException"><paramref name="priority"/> has bits that are neither level nor facility.</exception>
    /// <exception cref="ObjectDisposedException">The sender is closed.</exception>
    public void Send(int priority, string message)
    {
        ArgumentNullException.ThrowIfNull(message);
        SyslogOptions.CheckBits(priority, LOG_PRIMASK | LOG_FACMASK, "priority");
        if ((priority & LOG_FACMASK) == 0)
            priority |= facility;
        if ((options.Option & LOG_PERROR) != 0)
            Print(Fd.StandardError, message);
        bool isDropped = false;
        lock (sending)
        {
            ObjectDisposedException.ThrowIf(isDisposed, this);
            foreach (byte[] line in lines.Create(priority, message, LocalTime.Now))
                isDropped |= !Add(line);
            if (isDropped)
                CountDropped();
            if (connection.IsFull || Stopwatch.GetElapsedTime(lastFailure) >= RetryInterval)
                Deliver();
        }
        if (isDropped && (options.Option & LOG_CONS) != 0)
            PrintOnConsole(message);
    }

    /// <summary>Waits until syslogd has accepted all queued lines. Call it before the program ends.</summary>
    /// <param name="timeout">The longest wait; zero tries once.</param>
    /// <returns>True if the queue is empty.</returns>
    /// <exception cref="ObjectDisposedException">The sender is closed.</exception>
    public bool Flush(TimeSpan timeout)
    {
        var deadline = new Deadline(timeout);
        while (true)
        {
            Fd? full;
            lock (sending)
            {
                ObjectDisposedException.ThrowIf(isDisposed, this);
                Deliver();
                if (queue.Count == 0)
                    return true;
                full = connection.IsFull ? connection.Descriptor : null;
            }
            if (deadline.IsOver)
                return false;
            Wait(full, deadline);
        }
    }

    /// <summary>Closes the connection. It tries once to send the queued lines; the rest is lost. See <see cref="Flush"/>.</summary>
    public void Dispose()
    {
        lock (sending)
        {
            if (isDisposed)
                return;
            Deliver();
            isDisposed = true;
            connection.Dispose();
        }
    }

    /// <summary>Closes an earlier sender, and takes over its queue if it has the same socket.</summary>
    internal void Replace(SyslogSender earlier)
    {
        lock (earlier.sending)
        {
            if (earlier.options.Path == options.Path)
            {
                lock (sending)
                {
                    foreach (byte[] line in earlier.queue)
                        Enqueue(line);
                    unreportedDrops += earlier.unreportedDrops;
                }
                earlier.queue.Clear();
            }
            earlier.Dispose();
        }
        lock (sending)
            Deliver();
    }

    bool Add(byte[] line)
    {
        if (queuedBytes + line.Length > options.QueueSize && queue.Count > 0)
            Deliver();
        if (queuedBytes + line.Length > options.QueueSize && queue.Count > 0)
            return false;
        if (unreportedDrops > 0)
            AddDropNotice();
        Enqueue(line);
        return true;
    }

    void CountDropped()
    {
        DroppedCount++;
        unreportedDrops++;
    }

    void Enqueue(byte[] line)
    {
        queue.Enqueue(line);
        queuedBytes += line.Length;
    }

    /// <summary>Queues a line that reports how many messages were dropped. It may exceed the queue's size.</summary>
    void AddDropNotice()
    {
        string text = unreportedDrops == 1 ? "1 message was dropped here" : $"{unreportedDrops} messages were dropped here";
        unreportedDrops = 0;
        Enqueue(lines.Create(facility | LOG_WARNING, $"{text}: syslogd did not take more", LocalTime.Now).Single());
    }

    /// <summary>Sends queued lines until syslogd accepts no more.</summary>
    void Deliver()
    {
        while (queue.TryPeek(out byte[]? line))
        {
            SyslogOutcome outcome = connection.Send(line);
            if (outcome == SyslogOutcome.Later)
            {
                lastFailure = Stopwatch.GetTimestamp();
                RetryLater();
                return;
            }
            if (outcome == SyslogOutcome.TooLong)
                CountDropped();
            queue.Dequeue();
            queuedBytes -= line.Length;
            if (queue.Count == 0 && unreportedDrops > 0)
                AddDropNotice();
        }
        lastFailure = 0;
    }

    /// <summary>
    /// Starts a thread that tries again until the queue is empty. It is not a Timer: starting a thread needs a descriptor, and if none is
    /// free for a timer's thread, .NET 10 terminates the process. The queued message may report exactly this lack of descriptors.
    /// </summary>
    void RetryLater()
    {
        if (isRetrying)
            return;
        try
        {
            new Thread(retry) { IsBackground = true, Name = "syslog" }.UnsafeStart();
            isRetrying = true;
        }
        catch (OutOfMemoryException)
        {
            // The next message tries again.
        }
    }

    void Retry()
    {
        do
            Wait(full: null, new Deadline(RetryInterval));
        while (DeliverOrRetry());
    }

    /// <summary>Sends queued lines. Returns whether lines are left, because then the thread must try again.</summary>
    bool DeliverOrRetry()
    {
        lock (sending)
        {
            if (!isDisposed)
                Deliver();
            isRetrying = !isDisposed && queue.Count > 0;
            return isRetrying;
        }
    }

    /// <summary>Waits until the socket has free space or it is time to try again.</summary>
    static void Wait(Fd? full, Deadline deadline)
    {
        int milliseconds = deadline.IsInfinite ? (int)RetryInterval.TotalMilliseconds
            : (int)Math.Min(RetryInterval.TotalMilliseconds, deadline.RestInMilliseconds);
        bool isHeld = false;
        try
        {
            full?.DangerousAddRef(ref isHeld);
            Span<pollfd> room = [new pollfd { fd = isHeld ? (int)full!.DangerousGetHandle() : -1, events = POLLOUT }];
            _ = poll(room, milliseconds);
        }
        catch (ObjectDisposedException)
        {
            // Another thread has closed the connection, because syslogd was restarted.
        }
        finally
        {
            if (isHeld)
                full!.DangerousRelease();
        }
    }

    /// <summary>Prints with one write(2). Console would keep a descriptor of its own.</summary>
    void Print(Fd fd, string message) => _ = write(fd, Encoding.UTF8.GetBytes($"{lines.Tag}: {message.TrimEnd('\n')}\n"));

    void PrintOnConsole(string message)
    {
        int console = open("/dev/console", O_WRONLY | O_NOCTTY | O_NONBLOCK | O_CLOEXEC);
        if (console < 0)
            return;
        using var fd = new Fd(console);
        Print(fd, message);
    }
}
