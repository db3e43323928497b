using System.Runtime.ExceptionServices;

namespace Unp.Net.Pipelines;

// Exceptions of work. OnException receives each of them. Without that handler the exception ends the process.
// An exception that only says that the loop stops is not a fault, so it is not reported.
public sealed partial class EventLoop
{
    // The exception that ends the process. Run throws it at the bottom of the thread's stack, because the frames above would catch it.
    ExceptionDispatchInfo? fatal;

    /// <summary>
    /// Passes an exception to the handler on the loop's thread, or lets it end the process. Any thread may call it.
    /// </summary>
    internal void Report(Exception exception)
    {
        if (IsOrderlyEnd(exception))
            return;
        if (IsCurrent || !TryPost(new WorkItem((Action)(() => Handle(exception)), null, IsOwn: true, ExecutionContext.Capture())))
            Handle(exception);
    }

    /// <summary>Counts a connection that its peer has ended. <see cref="EventLoopOptions.OnException"/> receives the exception.</summary>
    internal void ReportLost(Exception loss)
    {
        meter.CountLost();
        if (options.OnException is not null)
            Report(loss);
    }

    /// <summary>Returns whether an exception only says that the loop stops.</summary>
    /// <remarks>
    /// A cancellation counts with any token, because a token that was linked with <see cref="Stopping"/> is a different token. An abort
    /// disposes sockets while their handlers run, so an <see cref="ObjectDisposedException"/> counts during an abort. During an orderly
    /// stop it counts only after the loop has closed.
    /// </remarks>
    bool IsOrderlyEnd(Exception exception) => exception switch
    {
        OperationCanceledException => IsStopRequested || IsAborted,
        ObjectDisposedException => IsAborted || (IsStopRequested && IsClosed),
        IOException { InnerException: { } inner } => IsOrderlyEnd(inner),
        AggregateException { InnerExceptions: { Count: > 0 } inner } => inner.All(IsOrderlyEnd),
        _ => false,
    };

    void Handle(Exception exception)
    {
        if (options.OnException is { } handler)
        {
            try
            {
                handler(this, exception);
                return;
            }
            catch (Exception thrownByHandler)
            {
                exception = thrownByHandler;
            }
        }

        // Prefer the loop's own thread, because the thread pool may be unable to start a thread when no descriptor is free.
        var end = ExceptionDispatchInfo.Capture(exception);
        if (IsCurrent)
            fatal ??= end;
        else
            ThreadPool.UnsafeQueueUserWorkItem(static fatal => fatal.Throw(), end, preferLocal: false);
    }
}
