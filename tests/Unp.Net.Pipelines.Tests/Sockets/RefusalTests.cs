using System.Buffers;

namespace Unp.Net.Pipelines.Tests.Sockets;

/// <summary>Failures outside the system calls end the operation, are reported to its caller, and do not affect the loop.</summary>
public class RefusalTests : LoopSuite
{
    /// <summary>
    /// The poller refuses a second watch of the descriptor. It would fail in the same way if the kernel had no space (ENOSPC).
    /// </summary>
    [Theory, MemberData(nameof(Mechanisms))]
    public void Refusal_by_poller_is_reported_to_other_thread(string mechanism)
    {
        using var busy = new ManualResetEventSlim();
        using var loop = new EventLoop(new EventLoopOptions { Mechanism = mechanism });
        var (own, peer) = Loopback.UnixPair();
        using (peer)
        using (var socket = new LoopSocket(loop, own))
        using (var twin = new LoopSocket(loop, Fd.Borrow((int)own.DangerousGetHandle())))
        {
            Task<int> first = socket.ReceiveAsync(new byte[1]).AsTask();

            // The loop is busy, so it starts the operation only after it is awaited.
            loop.Post(() => busy.Wait());
            Task<int> second = twin.ReceiveAsync(new byte[1]).AsTask();
            busy.Set();
            Assert.IsType<InvalidOperationException>(Record.Exception(() => second.Within()));
            Exception? failure = Record.Exception(() => loop.RunAsync(async () => await twin.WaitWritableAsync()).Within());
            Assert.IsType<InvalidOperationException>(failure);
            Writen(peer, "x"u8);
            Assert.Equal(1, first.Within());
            twin.DisposeAsync().AsTask().Within();
            socket.DisposeAsync().AsTask().Within();
        }
    }

    [Theory, MemberData(nameof(Mechanisms))]
    public void Exception_of_caller_memory_ends_operation_not_loop(string mechanism) => OnLoop(mechanism, async loop =>
    {
        var (first, second) = Pair(loop);
        using (first)
        using (second)
        {
            // The memory is revoked while a receive waits, and before another starts, on this thread and on another.
            var memory = new Revocable();
            Task<int> waiting = first.ReceiveAsync(memory.Buffer).AsTask();
            memory.IsRevoked = true;
            await second.SendAsync("left"u8.ToArray());
            await Assert.ThrowsAsync<UnauthorizedAccessException>(() => waiting);
            await Assert.ThrowsAsync<UnauthorizedAccessException>(async () => await first.ReceiveAsync(memory.Buffer));
            await Assert.ThrowsAsync<UnauthorizedAccessException>(() => Task.Run(async () => await first.ReceiveAsync(memory.Buffer)));
            await loop.SwitchTo();
            await Assert.ThrowsAsync<UnauthorizedAccessException>(async () => await first.SendAsync(memory.Buffer));
            await Assert.ThrowsAsync<UnauthorizedAccessException>(async () => await first.SendAsync(Two(memory.Buffer)));

            byte[] buffer = new byte[10];
            Assert.Equal(4, await first.ReceiveAsync(buffer));
            await first.SendAsync(buffer);
            Assert.Equal(10, await second.ReceiveAsync(buffer));
        }
    });

    /// <summary>Another file replaces the socket under its number, so epoll_ctl(2) cannot end the watch by that number.</summary>
    [Fact]
    public void Failure_to_unwatch_closes_socket_not_loop() => OnLoop("epoll", async loop =>
    {
        var (own, peer) = Loopback.UnixPair();
        var (client, server) = TcpPair(loop);
        using (peer)
        using (Fd file = Dup(own))
        using (Fd another = Loopback.Datagram())
        using (client)
        using (server)
        using (var socket = new LoopSocket(loop, own))
        {
            Task<int> first = socket.ReceiveAsync(new byte[1]).AsTask();
            Writen(peer, "x"u8);
            Assert.Equal(1, await first);
            Dup2(another, own);
            Writen(peer, "y"u8); // no operation waits for it
            await Turns(loop, 5);
            var reported = await Assert.ThrowsAsync<UnpException>(async () => await socket.ReceiveAsync(new byte[1]));
            Assert.Equal((Errno.ENOENT, "epoll_ctl"), (reported.Errno, reported.Function));
            await client.SendAsync("z"u8.ToArray());
            Assert.Equal(1, await server.ReceiveAsync(new byte[10]));
        }
    });

    static ReadOnlySequence<byte> Two(Memory<byte> memory)
    {
        var first = new Piece(new byte[1], null);
        return new ReadOnlySequence<byte>(first, 0, new Piece(memory, first), memory.Length);
    }

    sealed class Piece : ReadOnlySequenceSegment<byte>
    {
        public Piece(Memory<byte> memory, Piece? before)
        {
            Memory = memory;
            RunningIndex = before is null ? 0 : before.RunningIndex + before.Memory.Length;
            before?.Next = this;
        }
    }

    /// <summary>Memory that can be revoked.</summary>
    sealed class Revocable : MemoryManager<byte>
    {
        readonly byte[] bytes = new byte[100];

        public bool IsRevoked { get; set; }

        public Memory<byte> Buffer => CreateMemory(bytes.Length);

        public override Span<byte> GetSpan() => IsRevoked ? throw new UnauthorizedAccessException() : bytes;

        public override MemoryHandle Pin(int elementIndex = 0) =>
            IsRevoked ? throw new UnauthorizedAccessException() : bytes.AsMemory(elementIndex).Pin();

        public override void Unpin()
        {
        }

        protected override void Dispose(bool disposing)
        {
        }
    }
}
