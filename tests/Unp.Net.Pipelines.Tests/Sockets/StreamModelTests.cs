namespace Unp.Net.Pipelines.Tests.Sockets;

/// <summary>
/// Random sends, receives, pauses, cancellations and closes. Each direction delivers the bytes sent into it, and then the end or a reset.
/// </summary>
public class StreamModelTests : LoopSuite
{
    public static TheoryData<string, int> Runs => new(from row in Mechanisms from seed in Enumerable.Range(1, 12) select (row.Data, seed));

    [Theory, MemberData(nameof(Runs))]
    public void Received_bytes_are_prefix_of_sent_bytes(string mechanism, int seed) =>
        OnLoop(mechanism, async loop =>
        {
            var random = new Random(seed);
            await Task.WhenAll(Enumerable.Range(0, 20).Select(async i =>
            {
                var (first, second) = i % 2 == 0 ? TcpPair(loop) : Pair(loop);
                byte[] there = Bytes(random.Next(300_000), i), back = Bytes(random.Next(300_000), -i);
                bool resets = random.Next(4) == 0;
                int after = random.Next(there.Length + 1);
                Task<bool> going = Send(loop, first, there.AsMemory(0, resets ? after : there.Length), random);
                Task<bool> coming = Send(loop, second, back, random);
                Task<(byte[] Got, bool Ended)> heardThere = Receive(loop, second, there.Length, random);
                Task<(byte[] Got, bool Ended)> heardBack = Receive(loop, first, back.Length, random);
                if (resets)
                {
                    await going;
                    Setsockopt(first.Descriptor, SocketOptions.Linger, TimeSpan.Zero);
                    first.Dispose();
                }
                bool allBack = await coming;
                byte[] got = (await heardThere).Got;
                Assert.True(there.AsSpan().StartsWith(got));
                (byte[] answer, bool ended) = await heardBack;
                Assert.True(back.AsSpan().StartsWith(answer));
                if (!resets)
                {
                    Assert.True(await going && allBack && ended && (await heardThere).Ended);
                    Assert.Equal((there.Length, back.Length), (got.Length, answer.Length));
                }
                first.Dispose();
                second.Dispose();
            }));
            Assert.Equal(0, loop.SocketCount);
        });

    /// <summary>Sends all bytes and ends the direction. Returns false if the connection ended early.</summary>
    static async Task<bool> Send(EventLoop loop, LoopSocket socket, ReadOnlyMemory<byte> all, Random random)
    {
        try
        {
            while (!all.IsEmpty)
            {
                int size = Math.Min(all.Length, random.Next(1, 1 << random.Next(1, 18)));
                if (random.Next(3) == 0)
                    await socket.SendAsync(StreamTests.Cut(all[..size].ToArray(), random.Next(1, Math.Min(50, size + 1))));
                else if (random.Next(5) == 0)
                    await socket.SendMessageAsync(all[..size]);
                else
                    await socket.SendAsync(all[..size]);
                all = all[size..];
                await Pause(loop, random);
            }
            socket.Shutdown(SHUT_WR);
            return true;
        }
        catch (Exception e) when (IsEnd(e))
        {
            return false;
        }
    }

    /// <summary>Receives until the end. The second value is false if the connection ended early.</summary>
    static async Task<(byte[] Got, bool Ended)> Receive(EventLoop loop, LoopSocket socket, int most, Random random)
    {
        byte[] got = new byte[most + 1];
        int length = 0;
        while (true)
        {
            try
            {
                Memory<byte> room = got.AsMemory(length, Math.Min(got.Length - length, random.Next(1, 1 << random.Next(1, 18))));
                int n;
                switch (random.Next(4))
                {
                    case 0:
                        await socket.WaitReadableAsync();
                        n = await socket.ReceiveAsync(room);
                        break;
                    case 1:
                        n = (await socket.ReceiveMessageAsync(room)).Length;
                        break;
                    case 2:
                        var cancelling = new CancellationTokenSource();
                        loop.Post(cancelling.Cancel);
                        n = await socket.ReceiveAsync(room, cancelling.Token);
                        break;
                    default:
                        n = await socket.ReceiveAsync(room);
                        break;
                }
                if (n == 0)
                    return (got[..length], true);
                length += n;
            }
            catch (OperationCanceledException)
            {
                // Nothing was received.
            }
            catch (Exception e) when (IsEnd(e))
            {
                return (got[..length], false);
            }
            await Pause(loop, random);
        }
    }

    static async ValueTask Pause(EventLoop loop, Random random)
    {
        switch (random.Next(20))
        {
            case 0:
                await loop.Delay(TimeSpan.FromTicks(random.Next(5000)));
                break;
            case 1:
                await Turns(loop, 1);
                break;
        }
    }

    static bool IsEnd(Exception e) =>
        e is ObjectDisposedException || e is UnpException { Errno.Name: "EPIPE" or "ECONNRESET" or "ENOTCONN" };
}
