using System.Runtime.ExceptionServices;
using Unp.Net.Pipelines;

namespace Unp.Samples;

/// <summary>The main function of a program on an event loop, which SIGINT and SIGTERM end in order and with status 0.</summary>
static class LoopProgram
{
    /// <summary>How long what goes on may take to end then: all of these programs' waiting ends by <see cref="EventLoop.Stopping"/> at once.</summary>
    static readonly TimeSpan Drain = TimeSpan.FromSeconds(1);

    /// <summary>Runs it to its end, and throws what it throws.</summary>
    public static void Run(Func<EventLoop, Task> main)
    {
        using var loop = new EventLoop();
        using IDisposable sigint = loop.OnSignal(SIGINT, Stop);
        using IDisposable sigterm = loop.OnSignal(SIGTERM, Stop);
        try
        {
            loop.RunAsync(() => main(loop)).GetAwaiter().GetResult();
        }
        catch (IOException e) when (e.InnerException is UnpException reason)
        {
            ExceptionDispatchInfo.Throw(reason); // a LoopStream has wrapped it
        }
        catch (Exception e) when (e is OperationCanceledException or ObjectDisposedException && loop.Stopping.IsCancellationRequested)
        {
            // Asked to end, it has.
        }

        void Stop(int signo) => _ = loop.StopAsync(Drain);
    }
}
