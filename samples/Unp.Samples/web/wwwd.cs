using System.CommandLine;
using Unp.Net.Pipelines;

namespace Unp.Samples.web;

/// <summary>The web server that courses end with: the files of a directory, and what the programs in its <c>cgi-bin</c> say (beside
/// section 30.2).</summary>
static class wwwd
{
    /// <summary>What is being sent at SIGTERM has so long to come to its end.</summary>
    static readonly TimeSpan Drain = TimeSpan.FromSeconds(10);

    public static readonly Option<string> Directory = new("-d")
    {
        Description = "The directory whose files are served.",
        HelpName = "dir",
        DefaultValueFactory = _ => ".",
    };

    public static readonly Option<string> Host = new("-h")
    {
        Description = "The address to listen at, IPv4 or IPv6.",
        HelpName = "ip",
        DefaultValueFactory = _ => "127.0.0.1",
    };

    public static readonly Option<int?> Port = NumberOption.Create(
        "-p", "port", "The port, 8080 if not given; with 0 the kernel chooses one.", 0, ushort.MaxValue, "a port is 0 to 65535");

    public static readonly Option<int?> Workers = NumberOption.Create(
        "-w", "workers", "How many threads serve; by default one for each processor.", 1, 1024, "1 to 1024 threads can serve");

    public static readonly Option<int?> Patience = NumberOption.Create(
        "-t", "seconds",
        "How many seconds a client may take for the head of a request, and with each further part of either's, 15 if not given.",
        1, 86400, "a client can have 1 to 86400 seconds");

    public static void Main(string[] args, Options options)
    {
        int port = options.Value(Port) ?? 8080;
        using var site = new Site(options.Value(Directory)!) { Patience = TimeSpan.FromSeconds(options.Value(Patience) ?? 15) };
        using var loops = new EventLoopGroup(options.Value(Workers) ?? Environment.ProcessorCount);
        var clients = loops.ToDictionary(loop => loop, loop => new Clients(loop));
        using LoopListener listener = loops.Serve(
            SockAddr.Inet(options.Value(Host)!, port), socket => new HttpConnection(socket, clients[socket.Loop], site).ServeAsync());

        using var stop = new ManualResetEventSlim();
        using IDisposable sigint = loops[0].OnSignal(SIGINT, _ => stop.Set());
        using IDisposable sigterm = loops[0].OnSignal(SIGTERM, _ => stop.Set());
        options.Tell(listener.Address, $"{port}");
        stop.Wait();

        listener.Dispose();
        foreach (Clients each in clients.Values)
            each.Drain();
        loops.StopAsync(Drain).GetAwaiter().GetResult();
    }
}
