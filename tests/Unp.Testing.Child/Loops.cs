using Unp.Net.Pipelines;

namespace Unp.Testing.Child;

/// <summary>
/// Scenarios on event loops without <see cref="EventLoopOptions.OnException"/>, where a reported exception ends the process.
/// </summary>
static class Loops
{
    static readonly Dictionary<string, Action> Scenarios = new()
    {
        ["stop"] = () => StopAsync().GetAwaiter().GetResult(),
        ["let a reset through"] = () => Serve(Echo),
        ["fail"] = () => Serve(_ => throw new FormatException("a fault of the server")),
        ["refuse with an exception"] = () => Serve(Echo, (_, reason) => throw new FormatException("a fault of OnRefused", reason)),
        ["async post"] = () => Fail(loop => loop.Post(async () =>
        {
            await loop.Delay(TimeSpan.FromMilliseconds(1));
            throw new FormatException("a fault of posted work");
        })),
        ["report after the end"] = () => ReportAfterTheEndAsync().GetAwaiter().GetResult(),
    };

    public static void Run(string scenario) => Scenarios[scenario]();

    /// <summary>Prints whether the loop drains two tasks: one waits only for a delay, the other also for the loop's token.</summary>
    static async Task StopAsync()
    {
        var loop = new EventLoop();
        loop.Start(() => loop.Delay(TimeSpan.FromHours(1)).AsTask());
        loop.Start(() => loop.Delay(TimeSpan.FromHours(1), loop.Stopping).AsTask());
        await loop.RunAsync(() => Task.CompletedTask);
        Console.WriteLine($"drained: {await loop.StopAsync(TimeSpan.FromSeconds(10))}");
    }

    /// <summary>Prints the address and serves until standard input ends.</summary>
    static void Serve(Func<LoopSocket, Task> serve, Action<LoopListener, Exception>? onRefused = null)
    {
        using var group = new EventLoopGroup(1);
        LoopListener listener = group.Serve(SockAddr.Loopback(AF_INET), serve, new LoopListenerOptions { OnRefused = onRefused });
        Console.WriteLine(listener.Address);
        WaitForEndOfInput();
    }

    static async Task Echo(LoopSocket socket)
    {
        byte[] buffer = new byte[100];
        while (await socket.ReceiveAsync(buffer) is > 0 and int n)
            await socket.SendAsync(buffer.AsMemory(0, n));
    }

    static void Fail(Action<EventLoop> fail)
    {
        using var loop = new EventLoop();
        fail(loop);
        WaitForEndOfInput();
    }

    static async Task ReportAfterTheEndAsync()
    {
        var loop = new EventLoop();
        var ended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        loop.Start(async () =>
        {
            await ended.Task;
            throw new FormatException("a fault after the end");
        });
        await loop.StopAsync(TimeSpan.FromSeconds(10));
        ended.SetResult();
        WaitForEndOfInput();
    }

    /// <summary>Waits on the main thread, so that no other thread is started for it.</summary>
    static void WaitForEndOfInput()
    {
        Console.ReadLine();
        Console.WriteLine("ended by its input");
    }
}
