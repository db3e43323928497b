using System.CommandLine;
using Unp.Net.Pipelines;

namespace Unp.Samples.web;

/// <summary>A web server for the files of a directory and the programs in its <c>cgi-bin</c> (UNP 30.2).</summary>
static class wwwd
{
    /// <summary>The time limit for pending responses after SIGTERM.</summary>
    static readonly TimeSpan Drain = TimeSpan.FromSeconds(10);

    public static readonly Option<string> Directory = new("-d")
    {
        Description = "The directory to serve.",
        HelpName = "dir",
        DefaultValueFactory = _ => ".",
    };

    public static readonly Option<string?> Host = new("-h")
    {
        Description = "The address to listen on, IPv4 or IPv6. The default is 127.0.0.1.",
        HelpName = "ip",
    };

    public static readonly Option<int?> Port = NumberOption.Create(
        "-p", "port", "The port. The default is 8080, and with 0 the kernel chooses one.", 0, ushort.MaxValue,
        "a port must be between 0 and 65535");

    public static readonly Option<int?> Workers = NumberOption.Create(
        "-w", "workers", "The number of threads. The default is one per processor.", 1, 1024,
        "the number of threads must be between 1 and 1024");

    public static readonly Option<int?> ClientTimeout = NumberOption.Create(
        "-t", "seconds",
        "The time limit for the head of a request, and for each further part of a request or response. The default is 15 seconds.",
        1, 86400, "the time limit must be between 1 and 86400 seconds");

    public static void Main(string[] args, ProgramOptions options)
    {
        int port = options.Value(Port) ?? options.Port ?? 8080;
        SockAddr address = SockAddr.Inet(options.Value(Host) ?? options.Bind ?? "127.0.0.1", port);
        using var site = new Site(options.Value(Directory)!) { Timeout = TimeSpan.FromSeconds(options.Value(ClientTimeout) ?? 15) };
        using var loops = new EventLoopGroup(options.Value(Workers) ?? Environment.ProcessorCount);
        var clients = loops.ToDictionary(loop => loop, loop => new Clients(loop));
        using LoopListener listener = loops.Serve(
            address, socket => new HttpConnection(socket, clients[socket.Loop], site).ServeAsync());

        using var stop = new ManualResetEventSlim();
        using IDisposable sigint = loops.OnSignal(SIGINT, _ => stop.Set());
        using IDisposable sigterm = loops.OnSignal(SIGTERM, _ => stop.Set());
        options.PrintAddress(listener.Address, $"{port}");
        stop.Wait();

        listener.Dispose();
        foreach (Clients each in clients.Values)
            each.Drain();
        loops.StopAsync(Drain).GetAwaiter().GetResult();
    }
}
