using System.Buffers;
using System.IO.Pipelines;
using System.Runtime.CompilerServices;

namespace Unp.Net.Pipelines;

/// <summary>What can be chosen for <see cref="LoopConnection"/>s; one object may serve all of them. The names are those of Kestrel's options.</summary>
public sealed class LoopConnectionOptions
{
    internal static readonly LoopConnectionOptions Default = new();

    static readonly BlockPool SharedPool = new();

    // One for all connections of a loop is enough.
    readonly ConditionalWeakTable<EventLoop, Means> made = [];

    /// <summary>
    /// How many bytes are read ahead of <see cref="LoopConnection.Input"/>'s reader; reading stops there until the reader has taken half of them. 0 (the
    /// default) for none: bytes are received when they are asked for, the kernel's buffer holds the others, and the end or the failure of the connection
    /// is noticed by who reads. Null for no limit.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">It is negative.</exception>
    public long? MaxReadBufferSize { get; init => field = Checked(value, nameof(MaxReadBufferSize)); } = 0;

    /// <summary>
    /// How many bytes may wait to be sent before <see cref="PipeWriter.FlushAsync"/> of <see cref="LoopConnection.Output"/> waits, until half of them are
    /// gone. 0 waits for all. Null for no limit.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">It is negative.</exception>
    public long? MaxWriteBufferSize { get; init => field = Checked(value, nameof(MaxWriteBufferSize)); } = 64 * 1024;

    /// <summary>
    /// Whether a connection that reads ahead takes a buffer only when data are there: it saves a block for each that waits, and costs a look at the poller. One that
    /// does not read ahead always does so, and it costs nothing.
    /// </summary>
    public bool WaitForDataBeforeAllocatingBuffer { get; init; } = true;

    /// <summary>
    /// Whether what awaits a pipe goes on on the thread pool; null (the default) for what the loop's <see cref="EventLoopOptions.RunContinuationsAsynchronously"/>
    /// says. With true here, and not there, the socket is still served on the loop.
    /// </summary>
    public bool? RunContinuationsAsynchronously { get; init; }

    /// <summary>
    /// Makes of what a connection that reads ahead has failed with what a read throws, for those who have exceptions of their own; null (the default) leaves it
    /// as it is. What it throws itself goes to <see cref="EventLoopOptions.OnException"/>, and the read throws what it was to translate.
    /// </summary>
    public Func<Exception, Exception>? Translate { get; init; }

    /// <summary>
    /// Whether a connection that has failed, in whichever direction, is given up at once, as Kestrel's own transport does, for servers that have no use for what
    /// a client that is gone had sent: a read throws the reason even if something has arrived before, and <see cref="PipeWriter.FlushAsync"/> throws nothing, but
    /// says it by <see cref="FlushResult.IsCompleted"/>. Only where there is a <see cref="MaxReadBufferSize"/>.
    /// </summary>
    public bool GivesUpWhenFailed { get; init; }

    /// <summary>Where buffers come from; null (the default) for a <see cref="BlockPool"/> that all share.</summary>
    public MemoryPool<byte>? MemoryPool { get; init; }

    internal MemoryPool<byte> Pool => MemoryPool ?? SharedPool;

    internal Means MeansOf(EventLoop loop) => made.GetValue(loop, Make);

    Means Make(EventLoop loop)
    {
        int block = Math.Min(Pool.MaxBufferSize, BlockPool.BlockSize);
        bool continuesOnPool = RunContinuationsAsynchronously ?? loop.RunsContinuationsAsynchronously;
        return new Means(
            this, new BlockSource(Pool, block), new LoopScheduler(loop), continuesOnPool, MaxReadBufferSize ?? long.MaxValue, Math.Max(1, MaxWriteBufferSize ?? long.MaxValue));
    }

    /// <summary>Rounded up.</summary>
    static long HalfOf(long size) => (size / 2) + (size % 2);

    static long? Checked(long? size, string name)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(size ?? 0, name);
        return size;
    }

    /// <summary>What the connections of a loop have in common.</summary>
    /// <param name="Options">What was chosen.</param>
    /// <param name="Blocks">Where their buffers come from.</param>
    /// <param name="Scheduler">The way to the loop's thread.</param>
    /// <param name="ContinuesOnPool">Whether what awaits them goes on on the thread pool.</param>
    /// <param name="PauseReadingAt">With so many bytes that the reader has not looked at nothing more is read ahead.</param>
    /// <param name="PauseAt">With so many bytes to be sent a flush waits.</param>
    internal sealed record Means(
        LoopConnectionOptions Options, BlockSource Blocks, LoopScheduler Scheduler, bool ContinuesOnPool, long PauseReadingAt, long PauseAt)
    {
        /// <summary>Of a task that the loop's thread completes.</summary>
        public TaskCreationOptions TaskOptions => ContinuesOnPool ? TaskCreationOptions.RunContinuationsAsynchronously : TaskCreationOptions.None;

        /// <summary>With fewer bytes to be looked at it goes on.</summary>
        public long ResumeReadingAt => HalfOf(PauseReadingAt);

        /// <summary>With fewer bytes to be sent it goes on.</summary>
        public long ResumeAt => HalfOf(PauseAt);
    }
}
