using System.Diagnostics;
using static Unp.Net.Libc;
using static Unp.Net.Libunp;

namespace Unp.Net.ServerDesigns;

/// <summary>The start of a server that is told its port.</summary>
static class Listening
{
    /// <summary>The program that has all servers of the samples.</summary>
    internal static string Unp => Path.Combine(AppContext.BaseDirectory, "unp");

    /// <summary>A port that nobody has now.</summary>
    internal static int FreePort()
    {
        using Fd fd = Socket(AF_INET, SOCK_STREAM);
        Bind(fd, SockAddr.Loopback(AF_INET));
        return Getsockname(fd).Port;
    }

    /// <summary>Waits until somebody listens.</summary>
    internal static void Await(int port)
    {
        var watch = Stopwatch.StartNew();
        while (true)
        {
            using Fd fd = Socket(AF_INET, SOCK_STREAM);
            if (connect(fd, SockAddr.Loopback(AF_INET, port)) == 0)
                return;
            if (watch.Elapsed > Child.Patience)
                throw new BenchmarkException("it does not listen");
            Thread.Sleep(10);
        }
    }
}
