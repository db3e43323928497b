using System.Runtime.ExceptionServices;

namespace Unp.Net.Pipelines;

// Exceptions of work. OnException gets each; without it the exception ends the process. An exception that only says that the loop stops is
// no fault.
public sealed partial class EventLoop
{
    // Thrown at the top of the loop's thread, because the functions between there and Report would catch it.
    ExceptionDispatchInfo? fatal;

    /// <summary>Hands an exception to the handler, on the loop's thread, or lets it end the process. Any thread may call it.</summary>
    internal void Report(Exception exception)
    {
        if (IsOrderlyEnd(exception))
            return;
        if (IsCurrent || !TryPost(new WorkItem((Action)(() => Handle(exception)), null, IsOwn: true, ExecutionContext.Capture())))
            Handle(exception);
    }

    /// <summary>Counts a connection that was lost to its peer. OnException gets the exception, if it is set.</summary>
    internal void ReportLost(Exception loss)
    {
        meter.CountLost();
        if (options.OnException is not null)
            Report(loss);
    }

    /// <summary>
    /// Whether an exception only says that the loop stops. A cancellation counts with any token, because a token that was linked with
    /// <see cref="Stopping"/> is another one. An abort disposes sockets under their handlers, so a disposed object counts then; in an
    /// orderly stop it counts once the loop has closed.
    /// </summary>
    bool IsOrderlyEnd(Exception exception) => exception switch
    {
        OperationCanceledException => IsStopRequested || IsAborted,
        ObjectDisposedException => IsAborted || (IsStopRequested && IsClosed),
        IOException { InnerException: { } inner } => IsOrderlyEnd(inner),
        AggregateException { InnerExceptions: { Count: > 0 } several } => several.All(IsOrderlyEnd),
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
            catch (Exception worse)
            {
                exception = worse;
            }
        }

        // The loop's own thread is there. The pool may be unable to start one where no descriptor is free.
        var end = ExceptionDispatchInfo.Capture(exception);
        if (IsCurrent)
            fatal ??= end;
        else
            ThreadPool.UnsafeQueueUserWorkItem(static fatal => fatal.Throw(), end, preferLocal: false);
    }
}
