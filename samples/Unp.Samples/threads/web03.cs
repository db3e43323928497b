using static Unp.Samples.threads.WebFile;

namespace Unp.Samples.threads;

/// <summary>
/// <see cref="web02"/> with a condition variable (UNP 26.8). The main thread sleeps until a thread wakes it. .NET's <see cref="Monitor"/>
/// is the mutex with the condition variable.
/// </summary>
static class web03
{
    static readonly object ndone_mutex = new();
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
                nconn++;
                nlefttoconn--;
            }

            // wait for one of the threads to terminate
            lock (ndone_mutex)
            {
                while (ndone == 0)
                    Monitor.Wait(ndone_mutex); // pthread_cond_wait(&ndone_cond, &ndone_mutex)

                foreach (WebFile fptr in file)
                {
                    if (fptr.f_flags != F_DONE)
                        continue;
                    fptr.f_tid!.Join();
                    fptr.f_flags = F_JOINED;
                    ndone--;
                    nconn--;
                    nlefttoread--;
                    Console.WriteLine($"thread {fptr.f_tid.ManagedThreadId} for {fptr.f_name} done");
                }
            }
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
            Monitor.Pulse(ndone_mutex); // pthread_cond_signal(&ndone_cond)
        }
    }
}
