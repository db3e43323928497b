using System.ComponentModel;
using System.Runtime.CompilerServices;

namespace Unp.Net.Pipelines;

/// <summary>What <see cref="EventLoop.SwitchTo"/> returns, for <c>await</c>.</summary>
public readonly struct LoopSwitch : ICriticalNotifyCompletion
{
    readonly EventLoop loop;

    internal LoopSwitch(EventLoop loop) => this.loop = loop;

    /// <summary>For the compiler.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public LoopSwitch GetAwaiter() => this;

    /// <summary>For the compiler: whether this is the loop's thread, or there is none any more.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public bool IsCompleted => loop.IsCurrent || loop.IsClosed;

    /// <summary>For the compiler.</summary>
    /// <exception cref="ObjectDisposedException">The loop has ended, or is being aborted.</exception>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public void GetResult() => ObjectDisposedException.ThrowIf(!loop.IsCurrent, loop);

    /// <summary>For the compiler.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public void OnCompleted(Action continuation) =>
        UnsafeOnCompleted(ExecutionContext.Capture() is { } context ? () => ExecutionContext.Run(context, static go => ((Action)go!)(), continuation) : continuation);

    /// <summary>For the compiler.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public void UnsafeOnCompleted(Action continuation)
    {
        // Somebody has to go on with it, to learn by GetResult that the loop is gone.
        if (!loop.TryPost(new WorkItem(continuation, null, IsOwn: true)))
            ThreadPool.UnsafeQueueUserWorkItem(static go => go(), continuation, preferLocal: false);
    }
}
