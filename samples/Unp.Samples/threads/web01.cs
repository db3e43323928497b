using System.Collections.Concurrent;
using static Unp.Samples.threads.WebFile;

namespace Unp.Samples.threads;

/// <summary>
/// Web client with one thread per file, which waits for any thread to end (figure 26.14). The book uses Solaris' <c>thr_join(0, ...)</c>,
/// which Pthreads lack. Here each thread adds its file to a <see cref="BlockingCollection{T}"/> at its end.
/// </summary>
static class web01
{
    public static void Main(string[] args, ProgramOptions options)
    {
        WebPages pages = WebPages.Of(args, options);
        SockAddr servaddr = pages.Home_page();

        WebFile[] file = [.. pages.Files.Select(name => new WebFile(name))];
        using var ended = new BlockingCollection<WebFile>();
        int nlefttoread = file.Length, nlefttoconn = file.Length, nconn = 0;
        while (nlefttoread > 0)
        {
            while (nconn < pages.MaxConnections && nlefttoconn > 0)
            {
                // find a file to read
                WebFile next = file.First(one => one.f_flags == 0);
                next.f_flags = F_CONNECTING;
                next.f_tid = new Thread(() =>
                {
                    Do_get_read(next, servaddr);
                    ended.Add(next);
                });
                ProgramThread.StartOrQuit(next.f_tid);
                nconn++;
                nlefttoconn--;
            }

            WebFile fptr = ended.Take(); // thr_join(0, &tid, &fptr)
            fptr.f_tid!.Join();
            nconn--;
            nlefttoread--;
            Console.WriteLine($"thread id {fptr.f_tid.ManagedThreadId} for {fptr.f_name} done");
        }
        if (file.Any(one => one.HasFailed))
            err_quit("some files could not be read");
    }

    /// <summary>
    /// Fetches a file with blocking calls. A failure is printed and ends only this thread, whereas C's <c>err_sys</c> ends the program.
    /// </summary>
    public static void Do_get_read(WebFile fptr, SockAddr servaddr)
    {
        int status = UnpProgram.Run(() =>
        {
            using Fd fd = Socket(servaddr.Family, SOCK_STREAM);
            Connect(fd, servaddr);
            Console.WriteLine($"do_get_read for {fptr.f_name}, {fd}, thread {Environment.CurrentManagedThreadId}");
            byte[] command = WebPages.GetCommand(fptr.f_name);
            Writen(fd, command);
            Console.WriteLine($"wrote {command.Length} bytes for {fptr.f_name}");

            Span<byte> line = stackalloc byte[MAXLINE];
            int n;
            while ((n = Read(fd, line)) > 0)
                Console.WriteLine($"read {n} bytes from {fptr.f_name}");
            Console.WriteLine($"end-of-file on {fptr.f_name}");
        });
        fptr.HasFailed = status != 0;
    }
}
