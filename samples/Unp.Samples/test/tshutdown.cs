using System.Diagnostics;

namespace Unp.Samples.test;

/// <summary>Half-closes a connection at once, and tells what comes after it, and when (section 6.6).</summary>
static class tshutdown
{
    public static void Main(string[] args, Options options)
    {
        if (args.Length != 2)
            err_quit("usage: tshutdown <hostname> <service>");

        using Fd sockfd = Tcp_connect(args[0], args[1]);
        Shutdown(sockfd, SHUT_WR);
        long started = Stopwatch.GetTimestamp();
        Span<byte> buf = stackalloc byte[MAXLINE];
        int n;
        while ((n = Read(sockfd, buf)) > 0)
            Console.WriteLine($"{n} bytes after {Elapsed(started)}");
        Console.WriteLine($"EOF after {Elapsed(started)}");
    }

    static string Elapsed(long started) => $"{Stopwatch.GetElapsedTime(started).TotalSeconds:F1} s";
}
