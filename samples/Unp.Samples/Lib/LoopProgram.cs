using System.Runtime.ExceptionServices;
using Unp.Net.Pipelines;

namespace Unp.Samples;

/// <summary>Runs main functions on an event loop. SIGINT and SIGTERM end the program in an orderly way, with status 0.</summary>
static class LoopProgram
{
    /// <summary>
    /// The time limit for pending work after a signal. One second is enough because every wait here observes <see
    /// cref="EventLoop.Stopping"/>.
    /// </summary>
    static readonly TimeSpan Drain = TimeSpan.FromSeconds(1);

    /// <summary>Runs the function to its end and rethrows its exception.</summary>
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
            ExceptionDispatchInfo.Throw(reason); // LoopStream wraps the UnpException
        }
        catch (Exception e) when (e is OperationCanceledException or ObjectDisposedException && loop.Stopping.IsCancellationRequested)
        {
            // A signal requested the end.
        }

        void Stop(int signo) => _ = loop.StopAsync(Drain);
    }
}
