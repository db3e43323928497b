using System.Buffers.Text;

namespace Unp.Net.Multiplexing;

/// <summary>The process of one server. It prints its port and answers each line with "allocated connections requests".</summary>
static class EchoServer
{
    /// <summary>How long a spinning server polls before it blocks.</summary>
    internal static readonly TimeSpan SpinPeriod = TimeSpan.FromMicroseconds(50);

    internal static int Run(string server)
    {
        Native.RaiseDescriptorLimit();
        switch (server)
        {
            case "sockets-async":
                return Run(new AsyncServer());
            case "sockets-inline":
                // The runtime reads this variable when the first socket waits.
                Environment.SetEnvironmentVariable("DOTNET_SYSTEM_NET_SOCKETS_INLINE_COMPLETIONS", "1");
                return Run(new AsyncServer());
            case "sockets-saea":
                return Run(new EventArgsServer());
            case "loop-async":
                return Run(new LoopSocketServer());
            case "loop-pipes":
                return Run(new LoopConnectionServer());
            case "kestrel-unp" or "kestrel-sockets" or "kestrel-inline":
                return Run(new KestrelServer(server, isHttp: false));
            case "http-unp" or "http-sockets" or "http-inline":
                return Run(new KestrelServer(server, isHttp: true));
            case "libc-epoll":
                return Run(new LibcEpollEcho());
            case "poller-edge":
                return Run(new PollerEcho(Poller.Create("epoll"), isEdge: true));
            case "poller-spin":
                return Run(new PollerEcho(new EpollPoller { SpinPeriod = SpinPeriod }, isEdge: false));
            default:
                return Run(new PollerEcho(Poller.Create(server["poller-".Length..]), isEdge: false));
        }
    }

    static int Run(IThreadedServer server)
    {
        using (server)
        {
            server.Start();
            PrintPort(server.Port);
            Answer(() => server.Count, () => server.Requests);
        }
        return 0;
    }

    static int Run(EchoLoop loop)
    {
        using (loop)
        {
            PrintPort(loop.Port);
            new Thread(() =>
            {
                Answer(() => loop.Count, () => 0);
                Environment.Exit(0);
            }).Start();
            while (true)
                loop.Turn();
        }
    }

    static void PrintPort(int port)
    {
        Console.WriteLine($"port {port}");
        Console.Out.Flush();
    }

    /// <summary>Answers without Console and without allocating, because allocations are the answer.</summary>
    static void Answer(Func<int> count, Func<long> requests)
    {
        Span<byte> line = stackalloc byte[3 * 21];
        while (Libc.read(0, line) > 0)
        {
            int length = 0;
            Append(GC.GetTotalAllocatedBytes(precise: true), ' ', line, ref length);
            Append(count(), ' ', line, ref length);
            Append(requests(), '\n', line, ref length);
            Libc.write(1, line[..length]);
        }
    }

    static void Append(long value, char after, Span<byte> line, ref int length)
    {
        Utf8Formatter.TryFormat(value, line[length..], out int digits);
        length += digits;
        line[length++] = (byte)after;
    }
}
