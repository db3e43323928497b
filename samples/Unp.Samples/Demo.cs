using System.Diagnostics;

namespace Unp.Samples;

/// <summary>
/// The main job in one go: daytime and echo servers and their clients, all processes of their own, over IPv4 and IPv6. Each client talks to its
/// server through a <see cref="Tap"/>, which prints the bytes.
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

    public static void Run()
    {
        foreach (var (server, client, address, lines) in Scenes)
            Play(server, client, address, lines);
    }

    static void Play(string server, string client, string address, string[] lines)
    {
        using Process serving = Start([server, "--bind", address, "--port", "0"]);
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
            foreach (string line in lines)
                asking.StandardInput.WriteLine(line);
            asking.StandardInput.Close();
            string printed = asking.StandardOutput.ReadToEnd();
            asking.WaitForExit();
            tap.WaitForEnd();
            Print("  client printed", printed);
            if (asking.ExitCode != 0)
                err_quit($"{client} ended with status {asking.ExitCode}");
        }
        finally
        {
            _ = kill(serving.Id, SIGTERM);
            serving.WaitForExit();
        }
        Console.WriteLine($"{server} stopped with status {serving.ExitCode}");
        Console.WriteLine();
    }

    /// <summary>This very program again, with other arguments.</summary>
    static Process Start(string[] arguments) =>
        Process.Start(new ProcessStartInfo(System.IO.Path.Combine(AppContext.BaseDirectory, "unp"), arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;

    /// <summary>The line that a server started with port 0 tells on standard error.</summary>
    static SockAddr WhereItListens(Process server)
    {
        const string Before = "listening on ";
        string? line = server.StandardError.ReadLine();
        if (line?.StartsWith(Before, StringComparison.Ordinal) != true)
            err_quit($"the server did not start: {line}");
        return SockAddr.Parse(line[Before.Length..]);
    }

    static void Print(string who, string? text)
    {
        if (!string.IsNullOrEmpty(text))
            Console.WriteLine($"{who}: {text.TrimEnd().Replace("\n", "\n" + new string(' ', who.Length + 2))}");
    }
}
