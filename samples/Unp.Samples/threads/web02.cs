using static Unp.Samples.threads.WebFile;

namespace Unp.Samples.threads;

/// <summary>
/// <see cref="web01"/> that polls a counter of ended threads, which a mutex protects (UNP 26.7). Polling keeps a processor busy, which
/// condition variables avoid.
/// </summary>
static class web02
{
    static readonly Lock ndone_mutex = new();
    static int ndone; // the number of terminated threads

    public static void Main(string[] args, ProgramOptions options)
    {
        WebPages pages = WebPages.Of(args, options);
        SockAddr servaddr = pages.Home_page();

        WebFile[] file = [.. pages.Files.Select(name => new WebFile(name))];
        int nlefttoread = file.Length, nlefttoconn = file.Length, nconn = 0;
        while (nlefttoread > 0)
        {
            while (nconn < pages.MaxConnections && nlefttoconn > 0)
            {
                // find a file to read
                WebFile next = file.First(one => one.f_flags == 0);
                next.f_flags = F_CONNECTING;
                next.f_tid = new Thread(() => Do_get_read(next, servaddr));
                ProgramThread.StartOrQuit(next.f_tid);
                Console.WriteLine($"created thread {next.f_tid.ManagedThreadId}");
                nconn++;
                nlefttoconn--;
            }

            // see if one of the threads is done
            lock (ndone_mutex)
            {
                foreach (WebFile fptr in ndone > 0 ? file : [])
                {
                    if (fptr.f_flags != F_DONE)
                        continue;
                    fptr.f_tid!.Join();
                    fptr.f_flags = F_JOINED;
                    ndone--;
                    nconn--;
                    nlefttoread--;
                    Console.WriteLine($"thread id {fptr.f_tid.ManagedThreadId} for {fptr.f_name} done");
                }
            }
            Thread.Yield(); // thr_yield
        }
        if (file.Any(one => one.HasFailed))
            err_quit("some files could not be read");
    }

    static void Do_get_read(WebFile fptr, SockAddr servaddr)
    {
        web01.Do_get_read(fptr, servaddr);

        lock (ndone_mutex)
        {
            fptr.f_flags = F_DONE;
            ndone++;
        }
    }
}
