namespace Unp.Samples.nonblock;

/// <summary>
/// Web client that fetches a home page and then its files, several at a time (UNP 16.5). The connects do not block, and select(2) waits
/// for all connections.
/// </summary>
static class web
{
    public static void Main(string[] args, Options options)
    {
        WebPages pages = WebPages.Of("web", args, options);
        SockAddr servaddr = pages.Home_page();

        var waiting = new Queue<string>(pages.Files);
        var files = new List<WebFile>(); // the files with a connection
        bool failed = false;
        while (waiting.Count + files.Count > 0)
        {
            while (files.Count < pages.MaxConnections && waiting.TryDequeue(out string? name))
                files.Add(new WebFile(name, servaddr));

            FdSet rset = default;
            FdSet wset = default;
            foreach (WebFile file in files)
                file.WaitIn(ref rset, ref wset);
            Select(Math.Max(rset.Maxfdp1, wset.Maxfdp1), ref rset, ref wset);

            foreach (WebFile file in files)
                file.Advance(rset, wset);
            foreach (WebFile file in files.Where(file => file.IsDone))
            {
                failed |= file.HasFailed;
                file.Dispose();
            }
            files.RemoveAll(file => file.IsDone);
        }
        if (failed)
            err_quit("some files could not be read");
    }
}
