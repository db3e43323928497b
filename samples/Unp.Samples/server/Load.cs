namespace Unp.Samples.server;

/// <summary>The children of a client. They are threads, where the book's client calls <c>fork</c>.</summary>
static class Load
{
    /// <summary>The arguments of a client in the list of programs.</summary>
    public const string Synopsis = "<host> <port> <number>...";

    /// <summary>The arguments of a client in its usage message.</summary>
    public const string Usage = "<hostname or IPaddr> <port> <#children> <#loops/child> <#bytes/request>";

    /// <summary>Starts the children and waits for all of them. If a child has failed, the client then ends with status 1.</summary>
    /// <param name="nchildren">The number of the children.</param>
    /// <param name="main">The work of a child, which gets its number.</param>
    public static void Run(int nchildren, Action<int> main)
    {
        int failed = 0;
        Thread[] children = [.. Enumerable.Range(0, nchildren).Select(i => new Thread(() =>
        {
            if (UnpProgram.Run(() => main(i)) != 0)
                Interlocked.Increment(ref failed);
        }) { IsBackground = true })];
        Array.ForEach(children, ProgramThread.StartOrQuit);
        Array.ForEach(children, child => child.Join());
        if (failed > 0)
            err_quit($"{failed} of {nchildren} children have failed");
    }

    /// <summary>Reads a reply and drops it. Returns the number of its bytes, which is less than requested if the server closes.</summary>
    public static int Readn(Fd fd, int nbytes)
    {
        Span<byte> reply = stackalloc byte[WebChild.MAXN];
        int total = 0, n = -1;
        while (total < nbytes && n != 0)
        {
            n = Libunp.Readn(fd, reply[..Math.Min(nbytes - total, reply.Length)]);
            total += n;
        }
        return total;
    }
}
