using System.Diagnostics;
using System.Text;
using static Unp.Net.Libc;

namespace Unp.Net;

/// <summary>
/// Sends messages to syslogd over its Unix socket, datagram or stream, without waiting for it ever. <see cref="Libunp.Syslog"/> is one for the whole
/// program; a program that needs another socket, or another format, makes its own.
/// </summary>
/// <remarks>
/// <para>What syslogd does not take (it is not there, is started again, or its queue is full) waits in a queue of <see cref="SyslogOptions.QueueSize"/> bytes,
/// in order and with the time when it was said, and goes as soon as it can. When the queue is full, new messages are dropped, and a line in their
/// place says how many. What syslogd had in its socket when it was killed is lost: the kernel has told that it was delivered.</para>
/// <para>Any thread may use it at any time.</para>
/// </remarks>
public sealed class SyslogSender : IDisposable
{
    /// <summary>How often what waits is tried again while nobody sends.</summary>
    static readonly TimeSpan RetryInterval = TimeSpan.FromMilliseconds(50);

    readonly Lock sending = new();
    readonly SyslogOptions options;
    readonly SyslogLine lines;
    readonly SyslogConnection connection;
    readonly Queue<byte[]> queue = new();
    readonly int facility;
    readonly ThreadStart retry; // made at once: later there may be no descriptor to load what threads are in
    int queuedBytes;
    int unsaid;
    long lastFailure;
    bool isRetrying;
    bool isDisposed;

    /// <summary>Makes it; it connects with the first message, or at once with LOG_NDELAY. That syslogd is not there is no error.</summary>
    /// <exception cref="ArgumentException">The path is empty or too long, the ident has a NUL or is too long, or a number is none of the constants.</exception>
    public SyslogSender(SyslogOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentOutOfRangeException.ThrowIfNegative(options.QueueSize);
        CheckBits(options.Facility, LOG_FACMASK, "facility");
        CheckBits(options.Option, LOG_PID | LOG_CONS | LOG_ODELAY | LOG_NDELAY | LOG_NOWAIT | LOG_PERROR, "option");
        CheckIdent(options.Ident ?? "");
        this.options = options;
        facility = options.Facility == 0 ? LOG_USER : options.Facility;
        lines = new(options);
        connection = new(options.Path);
        retry = Retry;
        if ((options.Option & LOG_NDELAY) != 0)
            connection.Connect();
    }

    /// <summary>How many messages were dropped so far.</summary>
    public long DroppedCount { get; private set; }

    /// <summary>How many lines wait for syslogd.</summary>
    public int QueuedCount
    {
        get
        {
            lock (sending)
                return queue.Count;
        }
    }

    /// <summary>Sends a message, or keeps it until syslogd takes it (syslog(3)).</summary>
    /// <param name="priority">A level, LOG_ERR and the like, and perhaps a facility ored.</param>
    /// <param name="message">
    /// The text. A newline at its end is left out; of more than some kilobytes there are several lines. It is no format: % is a character as any.
    /// </param>
    /// <exception cref="ArgumentException"><paramref name="priority"/> has other bits than that.</exception>
    /// <exception cref="ObjectDisposedException">It is closed.</exception>
    public void Send(int priority, string message)
    {
        ArgumentNullException.ThrowIfNull(message);
        CheckBits(priority, LOG_PRIMASK | LOG_FACMASK, "priority");
        if ((priority & LOG_FACMASK) == 0)
            priority |= facility;
        if ((options.Option & LOG_PERROR) != 0)
            Print(Fd.StandardError, message);
        bool isDropped = false;
        lock (sending)
        {
            ObjectDisposedException.ThrowIf(isDisposed, this);
            foreach (byte[] line in lines.Of(priority, message, LocalTime.Now))
                isDropped |= !Add(line);
            if (isDropped)
                CountDropped();
            if (connection.IsFull || Stopwatch.GetElapsedTime(lastFailure) >= RetryInterval)
                Deliver();
        }
        if (isDropped && (options.Option & LOG_CONS) != 0)
            PrintOnConsole(message);
    }

    /// <summary>Waits until all has gone to syslogd that waits for it: before the end of a program.</summary>
    /// <param name="timeout">At most so long; zero tries once.</param>
    /// <returns>Whether nothing is left.</returns>
    /// <exception cref="ObjectDisposedException">It is closed.</exception>
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

    /// <summary>Closes the connection. What waits and does not go at once is lost: see <see cref="Flush"/>.</summary>
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

    /// <summary>Takes over what waits in one for the same socket, which is closed.</summary>
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
                    unsaid += earlier.unsaid;
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
        if (unsaid > 0)
            AddNote();
        Enqueue(line);
        return true;
    }

    void CountDropped()
    {
        DroppedCount++;
        unsaid++;
    }

    void Enqueue(byte[] line)
    {
        queue.Enqueue(line);
        queuedBytes += line.Length;
    }

    /// <summary>The line in the place of those that were dropped. It has room always.</summary>
    void AddNote()
    {
        string text = unsaid == 1 ? "1 message was dropped here" : $"{unsaid} messages were dropped here";
        unsaid = 0;
        Enqueue(lines.Of(facility | LOG_WARNING, $"{text}: syslogd did not take more", LocalTime.Now).Single());
    }

    /// <summary>Sends what waits until syslogd takes no more.</summary>
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
            if (queue.Count == 0 && unsaid > 0)
                AddNote();
        }
        lastFailure = 0;
    }

    /// <summary>
    /// Starts a thread that tries again until nothing waits. No Timer: a thread takes a descriptor to start, and where the one of a timer cannot, .NET 10 ends the
    /// process; that no descriptor is free may be just what is said.
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
        while (IsLeft());
    }

    /// <summary>Sends what waits; tells whether some still does.</summary>
    bool IsLeft()
    {
        lock (sending)
        {
            if (!isDisposed)
                Deliver();
            return isRetrying = !isDisposed && queue.Count > 0;
        }
    }

    /// <summary>Until there is room, or it is time to try again.</summary>
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
            // Another thread has found syslogd gone.
        }
        finally
        {
            if (isHeld)
                full!.DangerousRelease();
        }
    }

    /// <summary>In one write, and past Console, which would keep a descriptor of its own for it.</summary>
    void Print(Fd fd, string message) => _ = write(fd, Encoding.UTF8.GetBytes($"{lines.Tag}: {message.TrimEnd('\n')}\n"));

    void PrintOnConsole(string message)
    {
        int console = open("/dev/console", O_WRONLY | O_NOCTTY | O_NONBLOCK | O_CLOEXEC);
        if (console < 0)
            return;
        using var fd = new Fd(console);
        Print(fd, message);
    }

    static void CheckIdent(string ident)
    {
        if (ident.Contains('\0'))
            throw new ArgumentException($"An ident cannot have a NUL: {ident.Replace("\0", "\\0")}", nameof(ident));
        // A datagram may have room for it, or not, and then for no message either.
        int length = Encoding.UTF8.GetByteCount(ident);
        if (length > SyslogOptions.MaxIdentLength)
            throw new ArgumentException($"An ident has at most {SyslogOptions.MaxIdentLength} bytes, and this one has {length}: {ident[..30]}...", nameof(ident));
    }

    static void CheckBits(int value, int mask, string name)
    {
        if ((value & ~mask) != 0)
            throw new ArgumentException($"{value} (0x{value:x}) is no {name} of syslog.", name);
    }
}
