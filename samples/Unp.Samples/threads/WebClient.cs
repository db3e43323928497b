namespace Unp.Samples.threads;

/// <summary>A web client that fetches each file on its own thread, with a limited number of connections.</summary>
static class WebClient
{
    /// <summary>Runs a program of UNP 26.6.</summary>
    /// <param name="program">The program's name.</param>
    /// <param name="args">The program's arguments.</param>
    /// <param name="options">The program's options.</param>
    /// <param name="label">The word for a thread in the output: <c>thread id</c> or <c>thread</c>.</param>
    /// <param name="done">Called by each thread at its end.</param>
    /// <param name="wait">Waits for any thread that has ended.</param>
    /// <param name="created">Called for each started thread.</param>
    public static void Run(
        string program, string[] args, Options options, string label,
        Action<WebThread> done, Func<WebThread> wait, Action<WebThread>? created = null)
    {
        WebPages pages = WebPages.Of(program, args, options);
        SockAddr servaddr = pages.Home_page();

        var waiting = new Queue<string>(pages.Files);
        int nconn = 0;
        bool failed = false;
        while (waiting.Count + nconn > 0)
        {
            while (nconn < pages.MaxConnections && waiting.TryDequeue(out string? name))
            {
                var thread = new WebThread(name, servaddr, done);
                thread.Start();
                created?.Invoke(thread);
                nconn++;
            }
            WebThread ended = wait();
            ended.Join(label);
            failed |= ended.HasFailed;
            nconn--;
        }
        if (failed)
            err_quit("some files could not be read");
    }
}
