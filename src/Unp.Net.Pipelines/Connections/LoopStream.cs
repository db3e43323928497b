namespace Unp.Net.Pipelines;

/// <summary>A connected socket as a <see cref="Stream"/>, for what wants one: <see cref="System.Net.Security.SslStream"/>, for example.</summary>
/// <remarks>
/// A read with an empty buffer completes when there is something to read. Reads and writes that are not async block their thread, which must
/// not be the loop's.
/// </remarks>
public sealed class LoopStream : Stream
{
    readonly LoopSocket socket;
    readonly bool leaveOpen;

    /// <summary>Makes a stream.</summary>
    /// <param name="socket">A connected stream socket, or another descriptor that is read and written.</param>
    /// <param name="leaveOpen">Whether the socket stays open when the stream is disposed.</param>
    public LoopStream(LoopSocket socket, bool leaveOpen = false)
    {
        ArgumentNullException.ThrowIfNull(socket);
        this.socket = socket;
        this.leaveOpen = leaveOpen;
    }

    /// <inheritdoc/>
    public override bool CanRead => true;

    /// <inheritdoc/>
    public override bool CanWrite => true;

    /// <inheritdoc/>
    public override bool CanSeek => false;

    /// <summary>A socket has none.</summary>
    /// <exception cref="NotSupportedException">Always.</exception>
    public override long Length => throw Unseekable();

    /// <summary>A socket has none.</summary>
    /// <exception cref="NotSupportedException">Always.</exception>
    public override long Position
    {
        get => throw Unseekable();
        set => throw Unseekable();
    }

    /// <inheritdoc cref="LoopSocket.ReceiveAsync(Memory{byte}, CancellationToken)"/>
    /// <remarks>A connection that has failed fails again, with the same error.</remarks>
    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (socket.ReceiveFailure is { } failure)
            return ValueTask.FromException<int>(failure);
        return buffer.IsEmpty ? WaitAsync(cancellationToken) : socket.ReceiveAsync(buffer, cancellationToken);
    }

    /// <inheritdoc cref="LoopSocket.SendAsync(ReadOnlyMemory{byte}, CancellationToken)"/>
    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) => socket.SendAsync(buffer, cancellationToken);

    /// <inheritdoc/>
    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    /// <inheritdoc/>
    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    /// <inheritdoc/>
    /// <exception cref="InvalidOperationException">This is the loop's thread, which would wait for itself.</exception>
    public override int Read(byte[] buffer, int offset, int count)
    {
        CheckThread();
        return ReadAsync(buffer, offset, count, CancellationToken.None).GetAwaiter().GetResult();
    }

    /// <inheritdoc/>
    /// <exception cref="InvalidOperationException">This is the loop's thread, which would wait for itself.</exception>
    public override void Write(byte[] buffer, int offset, int count)
    {
        CheckThread();
        WriteAsync(buffer, offset, count, CancellationToken.None).GetAwaiter().GetResult();
    }

    /// <summary>Does nothing: what is written is sent.</summary>
    public override void Flush()
    {
    }

    /// <summary>Does nothing: what is written is sent.</summary>
    public override Task FlushAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>A socket cannot.</summary>
    /// <exception cref="NotSupportedException">Always.</exception>
    public override long Seek(long offset, SeekOrigin origin) => throw Unseekable();

    /// <summary>A socket cannot.</summary>
    /// <exception cref="NotSupportedException">Always.</exception>
    public override void SetLength(long value) => throw Unseekable();

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing && !leaveOpen)
            socket.Dispose();
        base.Dispose(disposing);
    }

    [System.Runtime.CompilerServices.AsyncMethodBuilder(typeof(System.Runtime.CompilerServices.PoolingAsyncValueTaskMethodBuilder<>))]
    async ValueTask<int> WaitAsync(CancellationToken cancellationToken)
    {
        await socket.WaitReadableAsync(cancellationToken).ConfigureAwait(false);
        return 0;
    }

    void CheckThread()
    {
        if (socket.Loop.IsCurrent)
            throw new InvalidOperationException("On the loop's thread only ReadAsync and WriteAsync: it would wait for itself.");
    }

    static NotSupportedException Unseekable() => new("A socket has neither a length nor a position.");
}
