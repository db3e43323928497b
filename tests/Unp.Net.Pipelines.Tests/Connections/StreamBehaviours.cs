using System.Net.Sockets;

#pragma warning disable CA1835 // The overloads with an array are tested, too.

namespace Unp.Net.Pipelines.Tests.Connections;

/// <summary>Behaviours of a network stream, with the outcome of each as a text. The peer is the other end of a TCP connection.</summary>
static class StreamBehaviours
{
    static readonly byte[] Buffer = new byte[10];

    static readonly CancellationToken Cancelled = new(true);

    /// <summary>Gets the behaviours by name.</summary>
    public static Dictionary<string, Func<Stream, Fd, Task<object?>>> All { get; } = new()
    {
        // Capabilities.
        ["CanRead, CanWrite, CanSeek, CanTimeout"] = (s, _) => Is($"{s.CanRead} {s.CanWrite} {s.CanSeek} {s.CanTimeout}"),
        ["CanRead, CanWrite after Dispose"] = (s, _) => Is($"{Closed(s).CanRead} {s.CanWrite} {s.CanSeek} {s.CanTimeout}"),
        ["CanRead after the peer's end"] = (s, p) => Is($"{Ended(s, p).CanRead} {s.CanWrite}"),
        ["Length"] = (s, _) => Is(s.Length),
        ["Length after Dispose"] = (s, _) => Is(Closed(s).Length),
        ["get Position"] = (s, _) => Is(s.Position),
        ["set Position"] = (s, _) => Is(s.Position = 1),
        ["Seek"] = (s, _) => Is(s.Seek(0, SeekOrigin.Begin)),
        ["Seek after Dispose"] = (s, _) => Is(Closed(s).Seek(0, SeekOrigin.Begin)),
        ["SetLength"] = (s, _) => Does(() => s.SetLength(0)),

        // Time-outs.
        ["ReadTimeout by default"] = (s, _) => Is(s.ReadTimeout),
        ["ReadTimeout set"] = (s, _) => Is((s.ReadTimeout = 100, s.ReadTimeout, s.ReadTimeout = -1, s.ReadTimeout)),
        ["ReadTimeout 0"] = (s, _) => Is(s.ReadTimeout = 0),
        ["ReadTimeout -2"] = (s, _) => Is(s.ReadTimeout = -2),
        ["WriteTimeout by default"] = (s, _) => Is(s.WriteTimeout),
        ["WriteTimeout set"] = (s, _) => Is((s.WriteTimeout = 100, s.WriteTimeout, s.WriteTimeout = -1, s.WriteTimeout)),
        ["WriteTimeout 0"] = (s, _) => Is(s.WriteTimeout = 0),
        ["get ReadTimeout after Dispose"] = (s, _) => Is(Closed(s).ReadTimeout),
        ["set WriteTimeout after Dispose"] = (s, _) => Is(Closed(s).WriteTimeout = 1),
        ["Read times out"] = (s, _) => InTime(() => (s.ReadTimeout = 50, s.Read(Buffer, 0, 1))),
        ["Read after a time-out"] = (s, p) =>
            InTime(() => (s.ReadTimeout = 50, Caught(() => s.Read(Buffer, 0, 1)), Said(p, "x"), s.Read(Buffer, 0, 5))),
        ["Write times out"] = (s, _) => InTime(() => Overfill(s)),
        ["ReadAsync has no time-out"] = async (s, p) =>
        {
            s.ReadTimeout = 1;
            Task<int> reading = s.ReadAsync(Buffer).AsTask();
            await Task.WhenAny(reading, Task.Delay(50));
            return (reading.IsCompleted, Said(p, "x"), await reading);
        },

        // Reading.
        ["Read"] = (s, p) => InTime(() => (Said(p, "data"), s.Read(Buffer, 2, 8), Text(2, 4))),
        ["Read of a span"] = (s, p) => InTime(() => (Said(p, "data"), s.Read(Buffer.AsSpan(1)), Text(1, 4))),
        ["ReadByte"] = (s, p) => InTime(() => (Said(p, "d"), s.ReadByte())),
        ["ReadByte at the end"] = (s, p) => InTime(() => Ended(s, p).ReadByte()),
        ["Read at the end, twice"] = (s, p) => InTime(() => (Ended(s, p).Read(Buffer, 0, 5), s.Read(Buffer, 0, 5))),
        ["Read of 0 bytes with data"] = (s, p) => InTime(() => (Said(p, "data"), s.Read(Buffer, 0, 0), s.Read(Buffer, 0, 9))),
        ["Read of 0 bytes without data waits"] = async (s, p) =>
        {
            Task<int> reading = Task.Run(() => s.Read(Buffer, 0, 0));
            bool waits = await Task.WhenAny(reading, Task.Delay(50)) != reading;
            return (waits, Said(p, "x"), await reading);
        },
        ["ReadAsync"] = async (s, p) => (Said(p, "data"), await s.ReadAsync(Buffer.AsMemory(1)), Text(1, 4)),
        ["ReadAsync of an array"] = async (s, p) => (Said(p, "data"), await s.ReadAsync(Buffer, 3, 7), Text(3, 4)),
        ["ReadAsync at the end"] = async (s, p) => await Ended(s, p).ReadAsync(Buffer),
        ["ReadAsync of 0 bytes waits"] = async (s, p) =>
        {
            Task<int> reading = s.ReadAsync(Memory<byte>.Empty).AsTask();
            return (reading.IsCompleted, Said(p, "x"), await reading);
        },
        ["ReadAtLeastAsync at the end"] = async (s, p) => await Ended(s, p).ReadAtLeastAsync(Buffer, 5),
        ["CopyTo"] = (s, p) => InTime(() =>
        {
            var copy = new MemoryStream();
            Said(p, "all of it");
            Ended(s, p).CopyTo(copy);
            return copy.Length;
        }),
        ["CopyToAsync"] = async (s, p) =>
        {
            var copy = new MemoryStream();
            Said(p, "all of it");
            await Ended(s, p).CopyToAsync(copy);
            return copy.Length;
        },

        // Writing.
        ["Write"] = (s, p) => InTime(() => Does(() => s.Write("data"u8.ToArray(), 1, 3), Heard(p))),
        ["Write of a span"] = (s, p) => InTime(() => Does(() => s.Write("data"u8), Heard(p))),
        ["WriteByte"] = (s, p) => InTime(() => Does(() => s.WriteByte((byte)'d'), Heard(p))),
        ["Write of 0 bytes"] = (s, _) => InTime(() => Does(() => s.Write(Buffer, 0, 0))),
        ["WriteAsync"] = async (s, p) =>
        {
            await s.WriteAsync("data"u8.ToArray().AsMemory(1));
            return Heard(p)();
        },
        ["WriteAsync of an array"] = async (s, p) =>
        {
            await s.WriteAsync("data"u8.ToArray(), 2, 2);
            return Heard(p)();
        },
        ["WriteAsync of 0 bytes"] = (s, _) => Awaited(s.WriteAsync(Memory<byte>.Empty).AsTask()),
        ["WriteAsync of a large buffer"] = async (s, p) =>
        {
            Task<int> reading = Task.Run(() => Readn(p, new byte[5_000_000]));
            await s.WriteAsync(new byte[5_000_000]);
            return await reading;
        },
        ["Flush"] = (s, _) => Does(s.Flush),
        ["Flush after Dispose"] = (s, _) => Does(Closed(s).Flush),
        ["FlushAsync"] = (s, _) => Awaited(s.FlushAsync()),
        ["FlushAsync, cancelled"] = (s, _) => Awaited(s.FlushAsync(Cancelled)),
        ["Write after the peer's half close"] = async (s, p) =>
        {
            Shutdown(p, SHUT_WR);
            int end = await s.ReadAsync(Buffer);
            await s.WriteAsync("late"u8.ToArray());
            return (end, Heard(p)());
        },

        // Arguments.
        ["Read(null)"] = (s, _) => InTime(() => s.Read(null!, 0, 0)),
        ["Read at -1"] = (s, _) => InTime(() => s.Read(Buffer, -1, 1)),
        ["Read of -1"] = (s, _) => InTime(() => s.Read(Buffer, 0, -1)),
        ["Read past the end"] = (s, _) => InTime(() => s.Read(Buffer, 3, 8)),
        ["Read at 11"] = (s, _) => InTime(() => s.Read(Buffer, 11, 0)),
        ["Read(null) after Dispose"] = (s, _) => InTime(() => Closed(s).Read(null!, 0, 0)),
        ["Write(null)"] = (s, _) => InTime(() => Does(() => s.Write(null!, 0, 0))),
        ["Write at -1"] = (s, _) => InTime(() => Does(() => s.Write(Buffer, -1, 1))),
        ["Write of 11"] = (s, _) => InTime(() => Does(() => s.Write(Buffer, 0, 11))),
        ["ReadAsync(null)"] = (s, _) => Started(() => s.ReadAsync(null!, 0, 0)),
        ["ReadAsync of -1"] = (s, _) => Started(() => s.ReadAsync(Buffer, 0, -1)),
        ["WriteAsync(null)"] = (s, _) => Started(() => s.WriteAsync(null!, 0, 0)),
        ["WriteAsync past the end"] = (s, _) => Started(() => s.WriteAsync(Buffer, 9, 2)),
        ["BeginRead(null)"] = (s, _) => Is(s.BeginRead(null!, 0, 0, null, null)),
        ["BeginWrite at -1"] = (s, _) => Is(s.BeginWrite(Buffer, -1, 0, null, null)),
        ["EndRead(null)"] = (s, _) => Is(s.EndRead(null!)),
        ["EndRead of a foreign task"] = (s, _) => Is(s.EndRead(Task.CompletedTask)),
        ["EndWrite of a foreign task"] = (s, _) => Does(() => s.EndWrite(Task.CompletedTask)),
        ["CopyTo(null)"] = (s, _) => Does(() => s.CopyTo(null!)),
        ["CopyToAsync by a buffer of 0 bytes"] = (s, _) => Started(() => s.CopyToAsync(Stream.Null, 0)),

        // After Dispose.
        ["Read after Dispose"] = (s, _) => InTime(() => Closed(s).Read(Buffer, 0, 1)),
        ["Read of a span after Dispose"] = (s, _) => InTime(() => Closed(s).Read(Buffer.AsSpan())),
        ["ReadByte after Dispose"] = (s, _) => InTime(() => Closed(s).ReadByte()),
        ["Write after Dispose"] = (s, _) => InTime(() => Does(() => Closed(s).Write(Buffer, 0, 1))),
        ["WriteByte after Dispose"] = (s, _) => InTime(() => Does(() => Closed(s).WriteByte(1))),
        ["ReadAsync after Dispose"] = (s, _) => Started(() => Closed(s).ReadAsync(Buffer).AsTask()),
        ["ReadAsync of an array after Dispose"] = (s, _) => Started(() => Closed(s).ReadAsync(Buffer, 0, 1)),
        ["WriteAsync after Dispose"] = (s, _) => Started(() => Closed(s).WriteAsync(Buffer).AsTask()),
        ["BeginRead after Dispose"] = (s, _) => Is(Closed(s).BeginRead(Buffer, 0, 1, null, null)),
        ["BeginWrite after Dispose"] = (s, _) => Is(Closed(s).BeginWrite(Buffer, 0, 1, null, null)),
        ["CopyToAsync after Dispose"] = (s, _) => Started(() => Closed(s).CopyToAsync(Stream.Null)),
        ["ReadAsync, cancelled, after Dispose"] = (s, _) => Started(() => Closed(s).ReadAsync(Buffer, Cancelled).AsTask()),
        ["Dispose twice"] = (s, _) => Does(Closed(s).Dispose),
        ["DisposeAsync ends the connection"] = async (s, p) =>
        {
            await s.DisposeAsync();
            return (Heard(p)(), s.CanRead);
        },
        ["Dispose while a read waits"] = async (s, _) =>
        {
            Task<int> reading = s.ReadAsync(Buffer).AsTask();
            s.Dispose();
            return await reading;
        },

        // Cancellation.
        ["ReadAsync, cancelled"] = (s, _) => Awaited(s.ReadAsync(Buffer, Cancelled).AsTask()),
        ["ReadAsync of an array, cancelled"] = (s, _) => Awaited(s.ReadAsync(Buffer, 0, 1, Cancelled)),
        ["ReadAsync of 0 bytes, cancelled"] = (s, _) => Awaited(s.ReadAsync(Memory<byte>.Empty, Cancelled).AsTask()),
        ["WriteAsync, cancelled"] = (s, _) => Awaited(s.WriteAsync(Buffer, Cancelled).AsTask()),
        ["WriteAsync of an array, cancelled"] = (s, _) => Awaited(s.WriteAsync(Buffer, 0, 1, Cancelled)),
        ["ReadAsync cancelled while it waits"] = async (s, p) =>
        {
            using var source = new CancellationTokenSource();
            Task<int> reading = s.ReadAsync(Buffer, source.Token).AsTask();
            source.Cancel();
            string outcome = await Of(async () => await reading);
            return (outcome, reading.IsCanceled, Said(p, "x"), await s.ReadAsync(Buffer));
        },

        // Failures.
        ["ReadAsync after a reset"] = async (s, p) => await Reset(s, p).ReadAsync(Buffer),
        ["Read after a reset"] = (s, p) => InTime(() => Reset(s, p).Read(Buffer, 0, 1)),
        ["Second read after a reset"] = (s, p) => InTime(() => (Caught(() => Reset(s, p).Read(Buffer, 0, 1)), s.Read(Buffer, 0, 1))),
        ["Write after a reset and a read"] = (s, p) => InTime(() => Does(() =>
        {
            _ = Caught(() => Reset(s, p).Read(Buffer, 0, 1));
            s.Write(Buffer, 0, 1);
        })),
        ["WriteAsync after a reset and a read"] = async (s, p) =>
        {
            _ = Caught(() => Reset(s, p).Read(Buffer, 0, 1));
            await s.WriteAsync(Buffer);
            return null;
        },

        // Concurrent calls.
        ["BeginRead and BeginWrite at the same time"] = async (s, p) =>
        {
            var called = new TaskCompletionSource<object?>();
            IAsyncResult reading = s.BeginRead(Buffer, 0, 10, result => called.SetResult(result.AsyncState), "state");
            await Task.Run(() => s.EndWrite(s.BeginWrite("ping"u8.ToArray(), 0, 4, null, null)));
            return (reading.IsCompleted, Heard(p)(), Said(p, "pong"), await called.Task, reading.AsyncState, s.EndRead(reading));
        },
        ["Read and write at the same time"] = async (s, p) =>
        {
            Task<int> reading = s.ReadAsync(Buffer).AsTask();
            await s.WriteAsync("ping"u8.ToArray());
            return (reading.IsCompleted, Heard(p)(), Said(p, "pong"), await reading);
        },
        ["Two reads at the same time"] = async (s, p) =>
        {
            Task<int> first = s.ReadAsync(new byte[1]).AsTask();
            string second = await Of(async () =>
            {
                Task<int> reading = s.ReadAsync(new byte[1]).AsTask();
                Said(p, "xy");
                return await reading;
            });
            Said(p, "z");
            return (await first, second);
        },
    };

    /// <summary>Runs a behaviour, and describes its outcome or exception.</summary>
    public static async Task<string> Of(Func<Task<object?>> behaviour)
    {
        try
        {
            return $"{await behaviour()}";
        }
        catch (Exception e)
        {
            return Described(e);
        }
    }

    static async Task<string> Of(Func<Task<int>> behaviour) => await Of(async () => (object?)await behaviour());

    /// <summary>Describes an exception: its type, the name of a wrong argument, the error of a socket and the inner exception.</summary>
    static string Described(Exception e) => e switch
    {
        SocketException socket => $"SocketException({socket.SocketErrorCode})",
        IOException { InnerException: { } inner } => $"IOException({Described(inner)})",
        ArgumentException argument => $"{argument.GetType().Name}({argument.ParamName})",
        _ => e.GetType().Name,
    };

    static Task<object?> Is(object? value) => Task.FromResult(value);

    static Task<object?> Does(Action action)
    {
        action();
        return Is("done");
    }

    static object? Does(Action action, Func<object?> then)
    {
        action();
        return then();
    }

    static async Task<object?> Awaited(Task task)
    {
        await task;
        return "done";
    }

    /// <summary>Awaits the task. An exception that the call itself throws becomes a text that begins with "at once".</summary>
    static async Task<object?> Started(Func<Task> start)
    {
        Task task;
        try
        {
            task = start();
        }
        catch (Exception e)
        {
            return $"at once: {Described(e)}";
        }
        await task;
        return "done";
    }

    /// <summary>Makes a synchronous call, which may block, on a separate thread.</summary>
    static Task<object?> InTime(Func<object?> call) => Task.Factory.StartNew(
        () =>
        {
            object? result = call();
            return result is Task<object?> done ? done.GetAwaiter().GetResult() : result;
        },
        TaskCreationOptions.LongRunning).WaitAsync(Limit.Default);

    static Stream Closed(Stream stream)
    {
        stream.Dispose();
        return stream;
    }

    static Stream Ended(Stream stream, Fd peer)
    {
        Shutdown(peer, SHUT_WR);
        return stream;
    }

    static Stream Reset(Stream stream, Fd peer)
    {
        Setsockopt(peer, SocketOptions.Linger, TimeSpan.Zero);
        peer.Dispose();
        return stream;
    }

    static int Said(Fd peer, string text)
    {
        Writen(peer, System.Text.Encoding.ASCII.GetBytes(text));
        return text.Length;
    }

    static Func<object?> Heard(Fd peer) => () =>
    {
        byte[] heard = new byte[10];
        return System.Text.Encoding.ASCII.GetString(heard, 0, Read(peer, heard));
    };

    static string Text(int start, int length) => System.Text.Encoding.ASCII.GetString(Buffer, start, length);

    static string Caught(Func<int> call)
    {
        try
        {
            return $"{call()}";
        }
        catch (Exception e)
        {
            return Described(e);
        }
    }

    static object? Overfill(Stream stream)
    {
        stream.WriteTimeout = 50;
        while (true)
            stream.Write(new byte[1_000_000], 0, 1_000_000);
    }
}
