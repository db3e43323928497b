using System.Buffers;

namespace Unp.Net.Pipelines.Tests.Sockets;

/// <summary>Operations that end by a cancellation, a disposal or an exception.</summary>
public class EndTests : LoopSuite
{
    static readonly SockAddr FullQueue = SockAddr.UnixAbstract($"unp loop test {getpid()}");

    /// <summary>An operation of each kind that can wait.</summary>
    static readonly Dictionary<string, Func<LoopSocket, CancellationToken, Task>> Waiting = new()
    {
        ["WaitReadable"] = (socket, token) => socket.WaitReadableAsync(token).AsTask(),
        ["Receive"] = (socket, token) => socket.ReceiveAsync(new byte[1], token).AsTask(),
        ["ReceiveFrom"] = (socket, token) => socket.ReceiveFromAsync(new byte[1], token).AsTask(),
        ["ReceiveMessage"] = (socket, token) => socket.ReceiveMessageAsync(new byte[1], cancellationToken: token).AsTask(),
        ["Accept"] = (socket, token) => socket.AcceptAsync(null, token).AsTask(),
        ["WaitWritable"] = (socket, token) => socket.WaitWritableAsync(token).AsTask(),
        ["Send"] = (socket, token) => socket.SendAsync(new byte[100], token).AsTask(),
        ["SendPieces"] = (socket, token) => socket.SendAsync(StreamTests.Cut(new byte[100], 3), token).AsTask(),
        ["SendMessage"] = (socket, token) => socket.SendMessageAsync(new byte[100], cancellationToken: token).AsTask(),
        ["Connect"] = (socket, token) => socket.ConnectAsync(FullQueue, token).AsTask(),
    };

    public static TheoryData<string, string> Kinds => new(from row in Mechanisms from kind in Waiting.Keys select (row.Data, kind));

    /// <summary>Creates a socket on which the operation waits, and the objects that it needs.</summary>
    static async Task<(LoopSocket Socket, IDisposable[] Others)> Blocked(EventLoop loop, string kind)
    {
        switch (kind)
        {
            case "Accept":
                return (new LoopSocket(loop, Loopback.Listener()), []);
            case "Connect":
                var full = new FullListener(FullQueue);
                return (new LoopSocket(loop, Socket(AF_UNIX, SOCK_STREAM)), [full]);
        }
        var (first, second) = Pair(loop);
        if (kind is "WaitWritable" or "Send" or "SendPieces" or "SendMessage")
            await Assert.ThrowsAsync<OperationCanceledException>(async () =>
            {
                // Fill the send buffer.
                using var cancelling = new CancellationTokenSource();
                ValueTask sending = first.SendAsync(new byte[8_000_000], cancelling.Token);
                cancelling.Cancel();
                await sending;
            });
        return (first, [second]);
    }

    static void Dispose(LoopSocket socket, IDisposable[] others)
    {
        socket.Dispose();
        Array.ForEach(others, other => other.Dispose());
    }

    [Theory, MemberData(nameof(Kinds))]
    public void Operation_can_be_cancelled_and_repeated(string mechanism, string kind) => OnLoop(mechanism, async loop =>
    {
        var (socket, others) = await Blocked(loop, kind);
        Func<LoopSocket, CancellationToken, Task> operation = Waiting[kind];
        using var cancelling = new CancellationTokenSource();
        for (int i = 0; i < 3; i++)
        {
            using var source = new CancellationTokenSource();
            Task waiting = operation(socket, source.Token);
            await Turns(loop);
            Assert.False(waiting.IsCompleted);
            if (i == 1)
                await Task.Run(source.Cancel);
            else
                source.Cancel();
            OperationCanceledException cancelled = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
            Assert.Equal(source.Token, cancelled.CancellationToken);
            await loop.SwitchTo();
        }
        Task before = operation(socket, new CancellationToken(true));
        Assert.True(before.IsCanceled);

        // The operation still waits, with a token that is never cancelled.
        Task again = operation(socket, cancelling.Token);
        await Turns(loop);
        Assert.False(again.IsCompleted);
        Dispose(socket, others);
        await Assert.ThrowsAsync<ObjectDisposedException>(() => again);
    });

    [Theory, MemberData(nameof(Kinds))]
    public void Operation_ends_when_socket_is_disposed(string mechanism, string kind) => OnLoop(mechanism, async loop =>
    {
        foreach (bool elsewhere in (bool[])[false, true])
        {
            var (socket, others) = await Blocked(loop, kind);
            Task waiting = elsewhere
                ? Task.Run(() => Waiting[kind](socket, CancellationToken.None))
                : Waiting[kind](socket, CancellationToken.None);
            await Turns(loop);
            Assert.False(waiting.IsCompleted);
            if (elsewhere)
                await Task.Run(async () => await socket.DisposeAsync());
            else
                socket.Dispose();
            Assert.True(socket.Descriptor.IsClosed);
            ObjectDisposedException ended = await Assert.ThrowsAsync<ObjectDisposedException>(() => waiting);
            Assert.Equal($"{socket}", ended.ObjectName);
            Assert.EndsWith("(closed)", ended.ObjectName, StringComparison.Ordinal);
            await loop.SwitchTo();
            Dispose(socket, others);
        }
    });

    [Theory, MemberData(nameof(Mechanisms))]
    public void Receive_reports_reset_that_send_has_consumed(string mechanism) => OnLoop(mechanism, async loop =>
    {
        var (client, server) = TcpPair(loop);
        using (server)
        {
            await client.SendAsync("cut"u8.ToArray());
            Setsockopt(client.Descriptor, SocketOptions.Linger, TimeSpan.Zero);
            client.Dispose();

            // The kernel reports the reset only once, to the send.
            var failure = await Assert.ThrowsAsync<UnpException>(async () => await server.SendAsync(new byte[1]));
            Assert.Equal(Errno.ECONNRESET, failure.Errno);
            byte[] buffer = new byte[10];
            Assert.Equal(3, await server.ReceiveAsync(buffer));
            for (int i = 0; i < 2; i++)
            {
                failure = await Assert.ThrowsAsync<UnpException>(async () => await server.ReceiveAsync(buffer));
                Assert.Equal(Errno.ECONNRESET, failure.Errno);
            }
        }
    });

    [Theory, MemberData(nameof(Mechanisms))]
    public void Dispose_by_another_thread_at_any_moment_leaks_nothing(string mechanism)
    {
        const int Rounds = 1000;
        using var loop = new EventLoop(new EventLoopOptions { Mechanism = mechanism });
        var random = new Random(3);
        for (int round = 0; round < Rounds; round++)
        {
            var (first, second) = Pair(loop);
            Task talking = round % 3 == 0 ? Task.Run(() => Talk(second)) : loop.RunAsync(() => Talk(second));
            Task[] users = [loop.RunAsync(() => Echo(first)), talking];
            int spins = random.Next(3000);
            LoopSocket victim = round % 2 == 0 ? first : second;
            var disposer = Task.Run(() =>
            {
                Thread.SpinWait(spins);
                victim.Dispose();
            });
            foreach (Task user in (Task[])[.. users, disposer])
            {
                Exception? end = Record.Exception(user.Within);
                Assert.True(
                    end is null or ObjectDisposedException || end is UnpException { Errno.Name: "EPIPE" or "ECONNRESET" },
                    $"round {round}: {end}");
            }
            first.Dispose();
            second.Dispose();
            first.DisposeAsync().AsTask().Within();
            second.DisposeAsync().AsTask().Within();
        }
        Assert.Equal(0, loop.SocketCount);

        static async Task Talk(LoopSocket socket)
        {
            byte[] buffer = new byte[300];
            while (true)
            {
                await socket.SendAsync(buffer);
                if (await ReceiveAll(socket, buffer) < buffer.Length)
                    return;
            }
        }
    }

    [Theory, MemberData(nameof(Mechanisms))]
    public void Cancel_by_another_thread_at_any_moment_loses_no_byte(string mechanism) => OnLoop(mechanism, async loop =>
    {
        var (first, second) = Pair(loop);
        using (first)
        using (second)
        {
            const int Count = 20_000;
            Task sending = Task.Run(async () =>
            {
                for (int i = 0; i < Count; i++)
                    await second.SendAsync(BitConverter.GetBytes(i));
            });
            byte[] buffer = new byte[4];
            int got = 0, cancelled = 0;
            while (got < Count)
            {
                using var source = new CancellationTokenSource();
                var cancelling = Task.Run(source.Cancel);
                try
                {
                    Assert.Equal(4, await first.ReceiveAsync(buffer, source.Token));
                    Assert.Equal(got++, BitConverter.ToInt32(buffer));
                }
                catch (OperationCanceledException)
                {
                    cancelled++;
                }
                await cancelling;
                await loop.SwitchTo();
            }
            await sending;
        }
    });

    /// <summary>
    /// The caller's memory cancels the token after the operation has checked it and before it waits. The continuation then runs at once.
    /// </summary>
    [Theory, MemberData(nameof(Mechanisms))]
    public void Cancel_as_wait_begins_does_not_affect_next_operation(string mechanism)
    {
        using var busy = new ManualResetEventSlim();
        using var loop = new EventLoop(new EventLoopOptions { Mechanism = mechanism });
        using var source = new CancellationTokenSource();
        using var other = new CancellationTokenSource();
        var (first, second) = Pair(loop);
        loop.Post(() => busy.Wait());
        Task reading = ReadThrice();
        busy.Set();
        reading.Within();
        first.DisposeAsync().AsTask().Within();
        second.DisposeAsync().AsTask().Within();

        async Task ReadThrice()
        {
            byte[] buffer = new byte[1];
            try
            {
                await first.ReceiveAsync(new Cancelling(source).Buffer, source.Token).ConfigureAwait(false);
                Assert.Fail("It was not cancelled.");
            }
            catch (OperationCanceledException)
            {
                Assert.True(loop.IsCurrent);
            }
            ValueTask<int> again = first.ReceiveAsync(buffer, other.Token);
            loop.Post(() => Writen(second.Descriptor, "x"u8));
            Assert.Equal(1, await again.ConfigureAwait(false));

            Task<int> last = first.ReceiveAsync(buffer).AsTask();
            await Task.Run(other.Cancel).ConfigureAwait(false);
            await loop.SwitchTo();
            await Turns(loop);
            Assert.False(last.IsCompleted);
            Writen(second.Descriptor, "y"u8);
            Assert.Equal(1, await last.ConfigureAwait(false));
        }
    }

    [Theory, MemberData(nameof(Mechanisms))]
    public void Posted_cancellation_ends_its_own_operation_only(string mechanism) => OnLoop(mechanism, async loop =>
    {
        var (early, earlyPeer) = Pair(loop);
        var (late, latePeer) = Pair(loop);
        using (early)
        using (earlyPeer)
        using (late)
        using (latePeer)
        using (var source = new CancellationTokenSource())
        using (var other = new CancellationTokenSource())
        {
            // Both descriptors become ready in one turn. While the loop handles the first, another thread cancels the read of the second.
            // The loop notices that at the second descriptor. The posted cancellation runs later, during the next operation.
            bool isDone = false, wasFirst = false;
            Task cancelling = Cancel();
            Task<Task<int>> reading = ReadTwice();
            await Turns(loop);
            loop.Post(() =>
            {
                Writen(earlyPeer.Descriptor, "x"u8);
                Writen(latePeer.Descriptor, "y"u8);
            });
            Task<int> next = await reading;
            await cancelling;
            Assert.True(wasFirst);
            await Turns(loop, 5);
            Assert.False(next.IsCompleted);
            await latePeer.SendAsync("z"u8.ToArray());
            Assert.Equal(1, await next);

            async Task Cancel()
            {
                await early.ReceiveAsync(new byte[1]);
                wasFirst = !isDone;
                Task.Run(source.Cancel).Within();
            }

            async Task<Task<int>> ReadTwice()
            {
                await Assert.ThrowsAsync<OperationCanceledException>(async () => await late.ReceiveAsync(new byte[10], source.Token));
                isDone = true;
                Assert.Equal(1, await late.ReceiveAsync(new byte[10], other.Token));
                return late.ReceiveAsync(new byte[10], other.Token).AsTask();
            }
        }
    });

    /// <summary>Memory that cancels a token as soon as it is used.</summary>
    sealed class Cancelling(CancellationTokenSource source) : MemoryManager<byte>
    {
        readonly byte[] bytes = new byte[1];

        public Memory<byte> Buffer => CreateMemory(bytes.Length);

        public override Span<byte> GetSpan()
        {
            source.Cancel();
            return bytes;
        }

        public override MemoryHandle Pin(int elementIndex = 0) => bytes.AsMemory(elementIndex).Pin();

        public override void Unpin()
        {
        }

        protected override void Dispose(bool disposing)
        {
        }
    }
}
