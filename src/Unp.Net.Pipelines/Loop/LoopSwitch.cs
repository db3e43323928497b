using System.ComponentModel;
using System.Runtime.CompilerServices;

namespace Unp.Net.Pipelines;

/// <summary>The awaitable that <see cref="EventLoop.SwitchTo"/> returns.</summary>
public readonly struct LoopSwitch : ICriticalNotifyCompletion
{
    readonly EventLoop loop;

    internal LoopSwitch(EventLoop loop) => this.loop = loop;

    /// <summary>Returns the awaiter. For the compiler.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public LoopSwitch GetAwaiter() => this;

    /// <summary>Gets whether the calling thread is the loop's thread, or the loop has closed. For the compiler.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public bool IsCompleted => loop.IsCurrent || loop.IsClosed;

    /// <summary>Throws if the calling thread is not the loop's thread. For the compiler.</summary>
    /// <exception cref="ObjectDisposedException">The loop has ended, or is being aborted.</exception>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public void GetResult() => ObjectDisposedException.ThrowIf(!loop.IsCurrent, loop);

    /// <summary>Returns the loop's name.</summary>
    public override string ToString() => $"switch to {loop}";

    /// <summary>Posts the continuation with the caller's <see cref="ExecutionContext"/>. For the compiler.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public void OnCompleted(Action continuation) =>
        UnsafeOnCompleted(ExecutionContext.Capture() is { } context
            ? () => ExecutionContext.Run(context, static action => ((Action)action!)(), continuation)
            : continuation);

    /// <summary>Posts the continuation to the loop. For the compiler.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public void UnsafeOnCompleted(Action continuation)
    {
        // The continuation must run in any case, because only GetResult reports that the loop has ended.
        if (!loop.TryPost(new WorkItem(continuation, null, IsOwn: true)))
            ThreadPool.UnsafeQueueUserWorkItem(static action => action(), continuation, preferLocal: false);
    }
}
