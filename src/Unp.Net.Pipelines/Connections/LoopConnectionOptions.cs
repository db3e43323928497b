using System.Buffers;
using System.IO.Pipelines;

namespace Unp.Net.Pipelines;

/// <summary>
/// Options for <see cref="LoopConnection"/>. Connections should share one object, because they then also share its resources. Options that
/// Kestrel's socket transport also has keep its names.
/// </summary>
public sealed record LoopConnectionOptions
{
    internal static readonly LoopConnectionOptions Default = new();

    static readonly BlockPool SharedPool = new();

    /// <summary>
    /// Gets the number of unexamined bytes at which a connection that reads ahead pauses receiving. It resumes below half of them. Null
    /// means no limit.
    /// </summary>
    /// <remarks>
    /// The default is 0: the connection does not read ahead. It receives only during a read, so the kernel's buffer holds other data, and
    /// only a read notices the end or the failure of the connection.
    /// </remarks>
    public long? MaxReadBufferSize { get; init; } = 0;

    /// <summary>
    /// Gets the number of unsent bytes at which <see cref="PipeWriter.FlushAsync"/> of <see cref="LoopConnection.Output"/> waits. The flush
    /// completes below half of them. With 0 each flush waits until everything is sent. Null means no limit. The default is 64 KiB.
    /// </summary>
    public long? MaxWriteBufferSize { get; init; } = 64 * 1024;

    /// <summary>
    /// Gets whether a connection that reads ahead rents a buffer only when data are available. That saves a block per waiting connection.
    /// The default is true. A connection that does not read ahead always does so.
    /// </summary>
    public bool WaitForDataBeforeAllocatingBuffer { get; init; } = true;

    /// <summary>
    /// Gets whether continuations of the pipes run on the thread pool. Null (the default) means the value of the loop's
    /// <see cref="EventLoopOptions.RunContinuationsAsynchronously"/>. The loop's thread still makes the system calls of the socket.
    /// </summary>
    public bool? RunContinuationsAsynchronously { get; init; }

    /// <summary>
    /// Gets a function that replaces the exception of a failed receive by the one that a read throws. Null (the default) keeps the
    /// exception. Only connections that read ahead use it.
    /// </summary>
    /// <remarks>
    /// If the function throws, its exception goes to <see cref="EventLoopOptions.OnException"/>, and the read throws the original
    /// exception.
    /// </remarks>
    public Func<Exception, Exception>? Translate { get; init; }

    /// <summary>
    /// Gets whether a failure of a receive or a send ends both directions at once, as in Kestrel's own transport. The default is false.
    /// Only connections that read ahead use it (<see cref="MaxReadBufferSize"/>).
    /// </summary>
    /// <remarks>
    /// It suits servers that do not need the last data of a lost client. A read throws the reason even if data have arrived before the
    /// failure. <see cref="PipeWriter.FlushAsync"/> does not throw, but returns a result with <see cref="FlushResult.IsCompleted"/>.
    /// </remarks>
    public bool AbortOnFailure { get; init; }

    /// <summary>Gets the source of buffers. Null (the default) means one <see cref="BlockPool"/> for the whole process.</summary>
    public MemoryPool<byte>? MemoryPool { get; init; }

    /// <summary>Validates the options. The constructor of <see cref="LoopConnection"/> calls this method.</summary>
    /// <exception cref="ArgumentOutOfRangeException">
    /// <see cref="MaxReadBufferSize"/> or <see cref="MaxWriteBufferSize"/> is negative. The exception names the property.
    /// </exception>
    public void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfNegative(MaxReadBufferSize ?? 0, nameof(MaxReadBufferSize));
        ArgumentOutOfRangeException.ThrowIfNegative(MaxWriteBufferSize ?? 0, nameof(MaxWriteBufferSize));
    }

    internal MemoryPool<byte> Pool => MemoryPool ?? SharedPool;

    internal ConnectionResources ResourcesFor(EventLoop loop) =>
        loop.ConnectionResources.GetOrAdd(this, static (options, loop) => options.CreateResources(loop), loop);

    ConnectionResources CreateResources(EventLoop loop)
    {
        Validate();
        int block = Math.Min(Pool.MaxBufferSize, BlockPool.BlockSize);
        bool runContinuationsAsynchronously = RunContinuationsAsynchronously ?? loop.RunsContinuationsAsynchronously;
        return new ConnectionResources(
            this, new BlockSource(Pool, block), new LoopScheduler(loop), runContinuationsAsynchronously,
            MaxReadBufferSize ?? long.MaxValue, Math.Max(1, MaxWriteBufferSize ?? long.MaxValue));
    }

    /// <summary>Returns half of the size, rounded up.</summary>
    static long HalfOf(long size) => (size / 2) + (size % 2);

    /// <summary>Objects and settings that the connections of a loop share.</summary>
    /// <param name="Options">The options.</param>
    /// <param name="Blocks">The source of the buffers.</param>
    /// <param name="Scheduler">Runs actions on the loop's thread.</param>
    /// <param name="RunContinuationsAsynchronously">Whether continuations run on the thread pool.</param>
    /// <param name="PauseReadingAt">The number of unexamined bytes at which receiving pauses.</param>
    /// <param name="PauseAt">The number of unsent bytes at which a flush waits.</param>
    internal sealed record ConnectionResources(
        LoopConnectionOptions Options, BlockSource Blocks, LoopScheduler Scheduler, bool RunContinuationsAsynchronously,
        long PauseReadingAt, long PauseAt)
    {
        /// <summary>The options of a task that the loop's thread completes.</summary>
        public TaskCreationOptions TaskOptions =>
            RunContinuationsAsynchronously ? TaskCreationOptions.RunContinuationsAsynchronously : TaskCreationOptions.None;

        /// <summary>Receiving resumes with fewer unexamined bytes than this.</summary>
        public long ResumeReadingAt => HalfOf(PauseReadingAt);

        /// <summary>A waiting flush completes with fewer unsent bytes than this.</summary>
        public long ResumeAt => HalfOf(PauseAt);
    }
}
