namespace Unp.Net.Pipelines.Tests.Sockets;

/// <summary>Busy sockets do not make others wait for long.</summary>
public class FairnessTests : LoopSuite
{
    [Theory, MemberData(nameof(Mechanisms))]
    public void Sockets_that_are_always_ready_starve_nothing(string mechanism) => OnLoop(mechanism, async loop =>
    {
        using var stop = new CancellationTokenSource();
        int operations = 0;
        using var file = new LoopSocket(loop, Open("/dev/zero", O_RDWR));
        using var sink = new LoopSocket(loop, Open("/dev/null", O_RDWR));

        // 150 pairs are more than one turn serves, and their data are never read to the end. The two files never wait at all.
        var pairs = Enumerable.Range(0, 150).Select(_ => Pair(loop)).ToArray();
        foreach (var (_, second) in pairs)
            await second.SendAsync(new byte[30_000]);
        Task[] busy =
        [
            .. pairs.Select(pair => ReadByte(pair.First)), .. pairs.Select(pair => WaitAgain(pair.Second)),
            ReadFile(), WriteFile(),
        ];
        int timers = 0, before = operations;
        using LoopTimer timer = loop.Schedule(TimeSpan.Zero, () => timers++, TimeSpan.FromMilliseconds(1));
        var (quiet, other) = Pair(loop);
        using (quiet)
        using (other)
        {
            for (int i = 0; i < 20; i++)
            {
                Task<int> reading = quiet.ReceiveAsync(new byte[1]).AsTask();
                await other.SendAsync(new byte[1]);
                Assert.Equal(1, await reading);
                await Turns(loop, 1);
                await loop.Delay(TimeSpan.FromTicks(1));
            }
        }
        Assert.InRange(timers, 10, 10_000);
        Assert.True(operations > before);
        stop.Cancel();
        foreach (var (first, second) in pairs)
        {
            first.Dispose();
            second.Dispose();
        }
        foreach (Task each in busy)
            await each.ContinueWith(_ => { }, TaskScheduler.Default);
        await loop.SwitchTo();

        async Task ReadByte(LoopSocket socket)
        {
            byte[] buffer = new byte[1];
            while (await socket.ReceiveAsync(buffer) > 0)
                operations++;
        }

        async Task WaitAgain(LoopSocket socket)
        {
            while (true)
            {
                await socket.WaitWritableAsync();
                operations++;
            }
        }

        async Task ReadFile()
        {
            byte[] buffer = new byte[64];
            while (!stop.IsCancellationRequested)
                operations += await file.ReceiveAsync(buffer);
        }

        async Task WriteFile()
        {
            byte[] buffer = new byte[64];
            while (!stop.IsCancellationRequested)
                await sink.SendAsync(buffer);
        }
    });

    [Theory, MemberData(nameof(Mechanisms))]
    public void Reader_that_never_waits_yields_to_loop(string mechanism) => OnLoop(mechanism, async loop =>
    {
        using var file = new LoopSocket(loop, Open("/dev/zero", O_RDWR));
        int turn = loop.Turn, waits = 0;
        for (int i = 0; i < 10 * EventLoop.Budget; i++)
        {
            ValueTask<int> reading = file.ReceiveAsync(new byte[8]);
            waits += reading.IsCompleted ? 0 : 1;
            Assert.Equal(8, await reading);
        }
        Assert.InRange(waits, 9, 10);
        Assert.InRange(loop.Turn, turn + 18, turn + 100);
    });
}
