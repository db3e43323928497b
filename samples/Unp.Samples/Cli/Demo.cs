using System.Diagnostics;

namespace Unp.Samples;

/// <summary>
/// A demonstration: daytime and echo servers and clients run as processes, over IPv4 and IPv6. Each client connects to its server through
/// a <see cref="Tap"/>, which prints the bytes.
/// </summary>
static class Demo
{
    static readonly (string Server, string Client, string Address, string[] Lines)[] Scenes =
    [
        ("intro/daytimetcpsrv", "intro/daytimetcpcli", "127.0.0.1", []),
        ("intro/daytimetcpsrvv6", "intro/daytimetcpcliv6", "::1", []),
        ("tcpcliserv/tcpserv04", "tcpcliserv/tcpcli01", "127.0.0.1", ["hello, world", "this is the echo server of figure 5.12"]),
        ("tcpcliserv/tcpserv04", "tcpcliserv/tcpcli01", "::1", ["hello again, over IPv6"]),
    ];

    static readonly Lock Gate = new();

    /// <summary>The process ID of the current scene's server, or 0 between scenes.</summary>
    static int playing;

    public static void Run()
    {
        using IDisposable interrupt = Signal(SIGINT, Stop);
        using IDisposable terminate = Signal(SIGTERM, Stop);
        foreach (var (server, client, address, lines) in Scenes)
        {
            if (IsLocal(address))
                Play(server, client, address, lines);
            else
                Console.WriteLine($"skipping {server} because this machine has no address {address}{Environment.NewLine}");
        }
    }

    static void Play(string server, string client, string address, string[] lines)
    {
        using Process serving = StartServer([server, "--bind", address, "--port", "0"]);
        try
        {
            SockAddr listening = WhereItListens(serving);
            using var tap = new Tap(listening);
            string[] command = [client, address, "--port", $"{tap.Address.Port}"];
            Console.WriteLine($"{server} is process {serving.Id} on {listening}");
            Console.WriteLine($"$ unp {string.Join(' ', command)}");

            using Process asking = Start(command);
            asking.ErrorDataReceived += (_, line) => Print("  stderr", line.Data);
            asking.BeginErrorReadLine();
            Type(asking.StandardInput, lines);
            string printed = asking.StandardOutput.ReadToEnd();
            asking.WaitForExit();
            tap.WaitForEnd();
            Print("  client printed", printed);
            if (asking.ExitCode != 0)
                err_quit($"{client} ended with status {asking.ExitCode}");
        }
        finally
        {
            StopServer();
            serving.WaitForExit();
        }
        Console.WriteLine($"{server} stopped with status {serving.ExitCode}");
        Console.WriteLine();
    }

    /// <summary>Ends the demo and the current server. The client then ends because its connection is closed.</summary>
    static void Stop(int signo)
    {
        StopServer();
        Environment.Exit(128 + signo);
    }

    static Process StartServer(string[] arguments)
    {
        lock (Gate)
        {
            Process server = Start(arguments);
            playing = server.Id;
            return server;
        }
    }

    static void StopServer()
    {
        lock (Gate)
        {
            if (playing != 0)
                _ = kill(playing, SIGTERM);
            playing = 0;
        }
    }

    /// <summary>Returns whether a server can bind the address, because some machines have no IPv6.</summary>
    static bool IsLocal(string address)
    {
        SockAddr any = SockAddr.Inet(address, 0);
        int descriptor = socket(any.Family, SOCK_STREAM, 0);
        if (descriptor < 0)
            return false;
        using var fd = new Fd(descriptor);
        return bind(fd, any) == 0;
    }

    /// <summary>Starts this program again with other arguments.</summary>
    static Process Start(string[] arguments) =>
        Process.Start(new ProcessStartInfo(OwnCommand.Program, [.. OwnCommand.HostArguments, .. arguments])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;

    /// <summary>Reads the address that a server prints on standard error when it was started with port 0.</summary>
    static SockAddr WhereItListens(Process server)
    {
        const string Before = "listening on ";
        string? line = server.StandardError.ReadLine();
        if (line?.StartsWith(Before, StringComparison.Ordinal) != true)
            err_quit($"the server did not start: {line}");
        return SockAddr.Parse(line[Before.Length..]);
    }

    static void Type(StreamWriter input, string[] lines)
    {
        try
        {
            foreach (string line in lines)
                input.WriteLine(line);
            input.Close();
        }
        catch (IOException)
        {
            // The client has ended. Its exit status is checked later.
        }
    }

    static void Print(string label, string? text)
    {
        if (!string.IsNullOrEmpty(text))
            Console.WriteLine($"{label}: {text.TrimEnd().Replace("\n", "\n" + new string(' ', label.Length + 2))}");
    }
}
