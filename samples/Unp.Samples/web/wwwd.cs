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

    public static readonly Option<int> Port = new("-p")
    {
        Description = "The port; with 0 the kernel chooses one.",
        HelpName = "port",
        DefaultValueFactory = _ => 8080,
    };

    public static readonly Option<int> Workers = new("-w")
    {
        Description = "How many threads serve; by default one for each processor.",
        HelpName = "workers",
        DefaultValueFactory = _ => Environment.ProcessorCount,
    };

    public static readonly Option<int> Patience = new("-t")
    {
        Description = "How many seconds a client may take for the head of a request, and with each further part of either's.",
        HelpName = "seconds",
        DefaultValueFactory = _ => 15,
    };

    public static void Main(string[] args, Options options)
    {
        using var site = new Site(options.Value(Directory)!) { Patience = TimeSpan.FromSeconds(options.Value(Patience)) };
        using var loops = new EventLoopGroup(options.Value(Workers));
        var clients = loops.ToDictionary(loop => loop, loop => new Clients(loop));
        using LoopListener listener = loops.Serve(
            SockAddr.Inet(options.Value(Host)!, options.Value(Port)), socket => new HttpConnection(socket, clients[socket.Loop], site).ServeAsync());

        using var stop = new ManualResetEventSlim();
        using IDisposable sigint = loops[0].OnSignal(SIGINT, _ => stop.Set());
        using IDisposable sigterm = loops[0].OnSignal(SIGTERM, _ => stop.Set());
        options.Tell(listener.Address, $"{options.Value(Port)}");
        stop.Wait();

        listener.Dispose();
        foreach (Clients each in clients.Values)
            each.Drain();
        loops.StopAsync(Drain).GetAwaiter().GetResult();
    }
}
