using System.Globalization;
using System.Text;

namespace Unp.Samples.server;

/// <summary>
/// The common part of the clients (figure 30.3). Each child, which is a thread, repeatedly connects, requests some bytes, reads them and
/// closes. The client closes first, so the client has the connections in TIME_WAIT.
/// </summary>
sealed class Load(string host, string service, int nchildren, int nloops, int nbytes)
{
    /// <summary>The arguments of a client in the program list. The usage message of the program names the numbers.</summary>
    public const string Usage = "<host> <port> <number>...";

    /// <summary>Runs a client.</summary>
    /// <param name="args">The program's arguments.</param>
    /// <param name="options">The program's options.</param>
    /// <param name="before">Called before each connection with the child's number, the loop's number, the host and the service.</param>
    public static void Run(string[] args, ProgramOptions options, Action<int, int, string, string>? before = null)
    {
        if (args.Length != 5)
            options.Usage("<hostname or IPaddr> <port> <#children> <#loops/child> <#bytes/request>");
        var load = new Load(args[0], args[1], ProgramOptions.Number(args[2]), ProgramOptions.Number(args[3]), ProgramOptions.Number(args[4]));
        load.Run(before);
    }

    void Run(Action<int, int, string, string>? before)
    {
        int failed = 0;
        Thread[] children = [.. Enumerable.Range(0, nchildren).Select(i => new Thread(() =>
        {
            if (UnpProgram.Run(() => LoopOf(i, before)) != 0)
                Interlocked.Increment(ref failed);
        }) { IsBackground = true })];
        Array.ForEach(children, ProgramThread.StartOrQuit);
        Array.ForEach(children, child => child.Join());
        if (failed > 0)
            err_quit($"{failed} of {nchildren} children have failed");
    }

    void LoopOf(int i, Action<int, int, string, string>? before)
    {
        byte[] request = Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{nbytes}\n"));
        byte[] reply = new byte[Math.Clamp(nbytes, 1, WebChild.MAXN)];
        for (int j = 0; j < nloops; j++)
        {
            before?.Invoke(i, j, host, service);
            using Fd fd = Tcp_connect(host, service);
            Write(fd, request);
            for (int total = 0; total < nbytes;)
            {
                int asked = Math.Min(nbytes - total, reply.Length);
                int n = Readn(fd, reply.AsSpan(0, asked));
                total += n;
                if (n < asked)
                    err_quit($"server returned {total} bytes");
            }
        }
        Console.WriteLine($"child {i} done");
    }
}
