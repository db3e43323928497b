namespace Unp.Samples.threads;

/// <summary>Fetches the files of a web server, a thread for each, and as many at a time as there may be connections.</summary>
static class WebClient
{
    /// <summary>Runs a program of section 26.6.</summary>
    /// <param name="program">Its name.</param>
    /// <param name="args">Its arguments.</param>
    /// <param name="options">Its options.</param>
    /// <param name="label">What its lines call a thread: <c>thread id</c> or <c>thread</c>.</param>
    /// <param name="tell">What a thread calls when it is done.</param>
    /// <param name="wait">Waits for one that is done, whichever it is.</param>
    /// <param name="created">Called for each thread that was started.</param>
    public static void Run(
        string program, string[] args, Options options, string label,
        Action<WebThread> tell, Func<WebThread> wait, Action<WebThread>? created = null)
    {
        WebPages pages = WebPages.Of(program, args, options);
        SockAddr servaddr = pages.Home_page();

        var waiting = new Queue<string>(pages.Files);
        int nconn = 0;
        bool failed = false;
        while (waiting.Count + nconn > 0)
        {
            while (nconn < pages.MostConnections && waiting.TryDequeue(out string? name))
            {
                var thread = new WebThread(name, servaddr, tell);
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
            err_quit("not all files were read");
    }
}
