using System.Runtime.CompilerServices;

namespace Unp.Net.Pipelines;

/// <summary>
/// A connected socket as a <see cref="Stream"/>, for example for <see cref="System.Net.Security.SslStream"/>.
/// </summary>
/// <remarks>
/// <para>It behaves as <see cref="System.Net.Sockets.NetworkStream"/> does, with these differences:</para>
/// <list type="bullet">
/// <item>One read and one write may be pending at a time. A second read or write throws an <see cref="InvalidOperationException"/>.</item>
/// <item><see cref="Read(byte[], int, int)"/> and <see cref="Write(byte[], int, int)"/> throw an <see cref="InvalidOperationException"/> on
/// the loop's own thread, because that thread would wait for itself.</item>
/// <item>A connection that has failed fails again at the next read, with the same error.</item>
/// <item>A write that has to wait completes when all of it is sent, so it may fail after a part was sent.</item>
/// <item>A read that waits when the stream is disposed throws an <see cref="IOException"/> around an
/// <see cref="ObjectDisposedException"/>.</item>
/// <item>The task of a read or write that is cancelled while it waits is cancelled, not faulted.</item>
/// <item>A wrong argument of EndRead and EndWrite is an <see cref="ArgumentException"/>, without an <see cref="IOException"/> around
/// it.</item>
/// <item>The descriptor need not be a socket. The inner exception of an <see cref="IOException"/> is a <see cref="UnpException"/>.</item>
/// </list>
/// <para>A read with an empty buffer completes when there is something to read.</para>
/// </remarks>
public sealed class LoopStream : Stream
{
    readonly LoopSocket socket;
    readonly bool leaveOpen;
    int readTimeout = Timeout.Infinite;
    int writeTimeout = Timeout.Infinite;
    bool isDisposed;

    /// <summary>Creates a stream.</summary>
    /// <param name="socket">A connected stream socket, or another descriptor that can be read and written.</param>
    /// <param name="leaveOpen">Whether the socket stays open when the stream is disposed.</param>
    public LoopStream(LoopSocket socket, bool leaveOpen = false)
    {
        ArgumentNullException.ThrowIfNull(socket);
        this.socket = socket;
        this.leaveOpen = leaveOpen;
    }

    /// <summary>Gets whether the stream is open.</summary>
    public override bool CanRead => !IsDisposed;

    /// <inheritdoc cref="CanRead"/>
    public override bool CanWrite => !IsDisposed;

    /// <inheritdoc/>
    public override bool CanSeek => false;

    /// <summary>Gets true, because synchronous reads and writes have time-outs.</summary>
    public override bool CanTimeout => true;

    /// <summary>
    /// Gets or sets the longest time that a synchronous read waits, in milliseconds. <see cref="Timeout.Infinite"/> (the default) means no
    /// limit. A read that takes longer throws an <see cref="IOException"/> with ETIMEDOUT.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is 0, or negative and not <see cref="Timeout.Infinite"/>.</exception>
    /// <exception cref="ObjectDisposedException">The stream is disposed.</exception>
    public override int ReadTimeout
    {
        get => OfOpen(readTimeout);
        set => readTimeout = OfOpen(CheckedTimeout(value));
    }

    /// <summary>
    /// Gets or sets the longest time that a synchronous write waits, in milliseconds. <see cref="Timeout.Infinite"/> (the default) means no
    /// limit. A write that takes longer throws an <see cref="IOException"/> with ETIMEDOUT. A part of it may be sent in that case, so the
    /// connection is of no further use.
    /// </summary>
    /// <inheritdoc cref="ReadTimeout" path="/exception"/>
    public override int WriteTimeout
    {
        get => OfOpen(writeTimeout);
        set => writeTimeout = OfOpen(CheckedTimeout(value));
    }

    /// <summary>Not supported.</summary>
    /// <exception cref="NotSupportedException">Always.</exception>
    public override long Length => throw Unseekable();

    /// <summary>Not supported.</summary>
    /// <exception cref="NotSupportedException">Always.</exception>
    public override long Position
    {
        get => throw Unseekable();
        set => throw Unseekable();
    }

    /// <summary>Receives the data that have arrived, at most the buffer's size, and waits for the first byte.</summary>
    /// <param name="buffer">The space for the data. With an empty buffer the read waits until there are data or the end.</param>
    /// <param name="cancellationToken">Ends the wait; nothing was received in that case.</param>
    /// <returns>The number of bytes; 0 at the end of the peer's data, and for an empty buffer.</returns>
    /// <exception cref="IOException">
    /// The connection has failed, or was closed during the wait. The inner exception is the reason.
    /// </exception>
    /// <exception cref="ObjectDisposedException">The stream, the socket or its loop is closed.</exception>
    /// <exception cref="InvalidOperationException">Another read is pending.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        ObjectDisposedException.ThrowIf(IsDisposed, this);
        if (cancellationToken.IsCancellationRequested)
            return ValueTask.FromCanceled<int>(cancellationToken);
        if (socket.ReceiveFailure is { } failure)
            return ValueTask.FromException<int>(Failed("read", failure));
        if (buffer.IsEmpty)
            return WaitAsync(socket.WaitReadableAsync(cancellationToken));
        ValueTask<int> reading = socket.ReceiveAsync(buffer, cancellationToken);
        return reading.IsCompletedSuccessfully ? reading : ReadAsync(reading);
    }

    /// <summary>Sends the whole buffer, and waits for space as often as necessary.</summary>
    /// <param name="buffer">The data, which must not change before the write completes.</param>
    /// <param name="cancellationToken">
    /// Ends the wait. A part may be sent in that case, so the connection is of no further use.
    /// </param>
    /// <exception cref="InvalidOperationException">Another write is pending.</exception>
    /// <inheritdoc cref="ReadAsync(Memory{byte}, CancellationToken)" path="/exception[not(contains(@cref, 'Invalid'))]"/>
    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        ObjectDisposedException.ThrowIf(IsDisposed, this);
        if (cancellationToken.IsCancellationRequested)
            return ValueTask.FromCanceled(cancellationToken);
        if (buffer.IsEmpty)
            return default;
        ValueTask writing = socket.SendAsync(buffer, cancellationToken);
        return writing.IsCompletedSuccessfully ? writing : WriteAsync(writing);
    }

    /// <inheritdoc/>
    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken)
    {
        ValidateBufferArguments(buffer, offset, count);
        return ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();
    }

    /// <inheritdoc/>
    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken)
    {
        ValidateBufferArguments(buffer, offset, count);
        return WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();
    }

    /// <inheritdoc/>
    public override IAsyncResult BeginRead(byte[] buffer, int offset, int count, AsyncCallback? callback, object? state) =>
        TaskToAsyncResult.Begin(ReadAsync(buffer, offset, count, CancellationToken.None), callback, state);

    /// <inheritdoc/>
    public override int EndRead(IAsyncResult asyncResult) => TaskToAsyncResult.End<int>(asyncResult);

    /// <inheritdoc/>
    public override IAsyncResult BeginWrite(byte[] buffer, int offset, int count, AsyncCallback? callback, object? state) =>
        TaskToAsyncResult.Begin(WriteAsync(buffer, offset, count, CancellationToken.None), callback, state);

    /// <inheritdoc/>
    public override void EndWrite(IAsyncResult asyncResult) => TaskToAsyncResult.End(asyncResult);

    /// <inheritdoc/>
    /// <exception cref="InvalidOperationException">The caller is on the loop's thread, which would wait for itself.</exception>
    public override int Read(byte[] buffer, int offset, int count)
    {
        ValidateBufferArguments(buffer, offset, count);
        ObjectDisposedException.ThrowIf(IsDisposed, this);
        CheckThread();
        using CancellationTokenSource? limit = LimitOf(readTimeout);
        try
        {
            return ReadAsync(buffer.AsMemory(offset, count), limit?.Token ?? default).AsTask().GetAwaiter().GetResult();
        }
        catch (OperationCanceledException) when (limit is not null)
        {
            throw Failed("read", new UnpException(Errno.ETIMEDOUT, "recv", socket.Name));
        }
    }

    /// <inheritdoc/>
    /// <exception cref="InvalidOperationException">The caller is on the loop's thread, which would wait for itself.</exception>
    public override void Write(byte[] buffer, int offset, int count)
    {
        ValidateBufferArguments(buffer, offset, count);
        ObjectDisposedException.ThrowIf(IsDisposed, this);
        CheckThread();
        using CancellationTokenSource? limit = LimitOf(writeTimeout);
        try
        {
            WriteAsync(buffer.AsMemory(offset, count), limit?.Token ?? default).AsTask().GetAwaiter().GetResult();
        }
        catch (OperationCanceledException) when (limit is not null)
        {
            throw Failed("write", new UnpException(Errno.ETIMEDOUT, "send", socket.Name));
        }
    }

    /// <summary>Does nothing, because writes are not buffered.</summary>
    public override void Flush()
    {
    }

    /// <summary>Does nothing, because writes are not buffered.</summary>
    public override Task FlushAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Not supported.</summary>
    /// <exception cref="NotSupportedException">Always.</exception>
    public override long Seek(long offset, SeekOrigin origin) => throw Unseekable();

    /// <summary>Not supported.</summary>
    /// <exception cref="NotSupportedException">Always.</exception>
    public override void SetLength(long value) => throw Unseekable();

    /// <summary>Closes the stream as <see cref="Stream.Dispose()"/> does, and completes when the descriptor is closed.</summary>
    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync().ConfigureAwait(false);
        if (!leaveOpen)
            await socket.DisposeAsync().ConfigureAwait(false);
    }

    /// <summary>Closes the stream, and the socket unless it must stay open. Pending reads and writes then fail.</summary>
    protected override void Dispose(bool disposing)
    {
        Volatile.Write(ref isDisposed, true);
        if (disposing && !leaveOpen)
            socket.Dispose();
        base.Dispose(disposing);
    }

    bool IsDisposed => Volatile.Read(ref isDisposed);

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    static async ValueTask<int> ReadAsync(ValueTask<int> reading)
    {
        try
        {
            return await reading.ConfigureAwait(false);
        }
        catch (Exception e) when (e is UnpException or ObjectDisposedException)
        {
            throw Failed("read", e);
        }
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    static async ValueTask<int> WaitAsync(ValueTask waiting)
    {
        try
        {
            await waiting.ConfigureAwait(false);
            return 0;
        }
        catch (Exception e) when (e is UnpException or ObjectDisposedException)
        {
            throw Failed("read", e);
        }
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    static async ValueTask WriteAsync(ValueTask writing)
    {
        try
        {
            await writing.ConfigureAwait(false);
        }
        catch (Exception e) when (e is UnpException or ObjectDisposedException)
        {
            throw Failed("write", e);
        }
    }

    static IOException Failed(string what, Exception reason) => new($"The {what} failed: {reason.Message}", reason);

    T OfOpen<T>(T value)
    {
        ObjectDisposedException.ThrowIf(IsDisposed, this);
        return value;
    }

    static int CheckedTimeout(int value)
    {
        if (value <= 0 && value != Timeout.Infinite)
            throw new ArgumentOutOfRangeException(nameof(value), value, "The time-out must be positive, or Timeout.Infinite.");
        return value;
    }

    static CancellationTokenSource? LimitOf(int timeout) => timeout == Timeout.Infinite ? null : new CancellationTokenSource(timeout);

    void CheckThread()
    {
        if (socket.Loop.IsCurrent)
            throw new InvalidOperationException("A synchronous call on the loop's thread would wait for itself. Use the async method.");
    }

    static NotSupportedException Unseekable() => new("A socket has neither a length nor a position. Do not seek in a LoopStream.");
}
