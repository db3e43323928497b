using System.Diagnostics;
using static Unp.Net.Libc;
using static Unp.Net.Libunp;

namespace Unp.Net.ServerDesigns;

/// <summary>Ports of servers that take a port as their argument.</summary>
static class Listening
{
    /// <summary>The path of the samples' executable.</summary>
    internal static string Unp => Path.Combine(AppContext.BaseDirectory, "unp");

    /// <summary>Returns a port that is free now.</summary>
    internal static int FreePort()
    {
        using Fd fd = Socket(AF_INET, SOCK_STREAM);
        Bind(fd, SockAddr.Loopback(AF_INET));
        return Getsockname(fd).Port;
    }

    /// <summary>Waits until a server listens.</summary>
    internal static void Await(int port)
    {
        var watch = Stopwatch.StartNew();
        while (true)
        {
            using Fd fd = Socket(AF_INET, SOCK_STREAM);
            if (connect(fd, SockAddr.Loopback(AF_INET, port)) == 0)
                return;
            if (watch.Elapsed > Child.AnswerTimeout)
                throw new BenchmarkException("the server does not listen");
            Thread.Sleep(10);
        }
    }
}
