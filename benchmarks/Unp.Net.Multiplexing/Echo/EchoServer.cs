using System.Buffers.Text;

namespace Unp.Net.Multiplexing;

/// <summary>The process of one server. It tells its port, and answers each line by "allocated connections".</summary>
static class EchoServer
{
    /// <summary>How long a server that spins does so before it blocks.</summary>
    internal static readonly TimeSpan SpinTime = TimeSpan.FromMicroseconds(50);

    internal static int Run(string server)
    {
        Native.RaiseDescriptorLimit();
        switch (server)
        {
            case "sockets-async":
                return Run(new AsyncServer());
            case "sockets-inline":
                // Looked at when the first socket waits.
                Environment.SetEnvironmentVariable("DOTNET_SYSTEM_NET_SOCKETS_INLINE_COMPLETIONS", "1");
                return Run(new AsyncServer());
            case "sockets-saea":
                return Run(new EventArgsServer());
            case "loop-async":
                return Run(new LoopSocketServer());
            case "loop-pipes":
                return Run(new LoopConnectionServer());
            case "libc-epoll":
                return Run(new LibcEpollEcho());
            case "poller-edge":
                return Run(new PollerEcho(Poller.Create("epoll"), isEdge: true));
            case "poller-spin":
                return Run(new PollerEcho(new EpollPoller { SpinTime = SpinTime }, isEdge: false));
            default:
                return Run(new PollerEcho(Poller.Create(server["poller-".Length..]), isEdge: false));
        }
    }

    static int Run(IThreadedServer server)
    {
        using (server)
        {
            server.Start();
            Tell(server.Port);
            Answer(() => server.Count);
        }
        return 0;
    }

    static int Run(EchoLoop loop)
    {
        using (loop)
        {
            Tell(loop.Port);
            new Thread(() =>
            {
                Answer(() => loop.Count);
                Environment.Exit(0);
            }).Start();
            while (true)
                loop.Turn();
        }
    }

    static void Tell(int port)
    {
        Console.WriteLine($"port {port}");
        Console.Out.Flush();
    }

    /// <summary>Without Console, and without allocating, which is what is asked for.</summary>
    static void Answer(Func<int> count)
    {
        Span<byte> line = stackalloc byte[64];
        while (Libc.read(0, line) > 0)
        {
            Utf8Formatter.TryFormat(GC.GetTotalAllocatedBytes(precise: true), line, out int length);
            line[length++] = (byte)' ';
            Utf8Formatter.TryFormat(count(), line[length..], out int digits);
            length += digits;
            line[length++] = (byte)'\n';
            Libc.write(1, line[..length]);
        }
    }
}
