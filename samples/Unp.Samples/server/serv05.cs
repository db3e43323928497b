using System.Diagnostics.CodeAnalysis;

namespace Unp.Samples.server;

/// <summary>
/// Preforked server. The parent accepts each client and passes the connection to a free child (figures 30.20 to 30.23). As in the book, the
/// death of a child ends the server. <see cref="serv13"/> replaces dead children.
/// </summary>
static class serv05
{
    /// <summary>The parent's record of a child (figure 30.20).</summary>
    struct Child
    {
        public SpawnedProcess child_pid;

        /// <summary>The parent's end of the stream pipe to the child.</summary>
        public Fd child_pipefd;

        /// <summary>0 if the child is free.</summary>
        public int child_status;

        /// <summary>The number of connections that the child was given.</summary>
        public long child_count;
    }

    static int nchildren;
    static Child[] cptr = [];

    public static void Main(string[] args, ProgramOptions options)
    {
        if (Preforked.Self(args) is { } child)
            child_main(child.Inherited[0]);

        using Fd listenfd = Listening.At(args, options, "<#children>", out nchildren);
        FdSet masterset = default;
        masterset.Set(listenfd);
        int navail = nchildren;
        cptr = new Child[nchildren];
        for (int i = 0; i < nchildren; i++)
        {
            child_make(i);
            masterset.Set(cptr[i].child_pipefd);
        }

        using IDisposable sigint = Signal(SIGINT, sig_int);
        options.Ready(listenfd, args[^2], handlesSigint: true);
        Span<byte> rc = stackalloc byte[1];
        while (true)
        {
            FdSet rset = masterset;
            if (navail <= 0)
                rset.Clr(listenfd); // further clients wait in the kernel's queue
            int nsel = Select(rset.Maxfdp1, ref rset);

            if (rset.IsSet(listenfd))
            {
                using Fd connfd = Acceptor.Accept(listenfd);
                lock (cptr)
                {
                    int i = 0;
                    while (i < nchildren && cptr[i].child_status != 0)
                        i++;
                    if (i == nchildren)
                        err_quit("no available children");
                    cptr[i].child_status = 1;
                    cptr[i].child_count++;
                    navail--;
                    Write_fd(cptr[i].child_pipefd, [0], connfd);
                }
                if (--nsel == 0)
                    continue;
            }

            lock (cptr)
            {
                for (int i = 0; i < nchildren && nsel > 0; i++)
                {
                    if (!rset.IsSet(cptr[i].child_pipefd))
                        continue;
                    if (Read(cptr[i].child_pipefd, rc) == 0)
                        err_quit($"child {i} terminated unexpectedly");
                    cptr[i].child_status = 0;
                    navail++;
                    nsel--;
                }
            }
        }
    }

    static void child_make(int i)
    {
        Socketpair(AF_UNIX, SOCK_STREAM, 0, out Fd parent, out Fd child);
        using (child)
        {
            cptr[i].child_pid = Preforked.Start("server/serv05", i, child);
            cptr[i].child_pipefd = parent;
            cptr[i].child_status = 0;
        }
    }

    /// <summary>Serves the connections that arrive on the stream pipe. In C that is standard error, which stays in use here.</summary>
    [DoesNotReturn]
    static void child_main(Fd pipefd)
    {
        Console.WriteLine($"child {getpid()} starting");
        Span<byte> c = stackalloc byte[1];
        while (true)
        {
            if (Read_fd(pipefd, c, out Fd? connfd) == 0)
                Environment.Exit(1); // the parent has ended
            if (connfd is null)
                err_quit("no descriptor from read_fd");
            using (connfd)
                WebChild.web_child(connfd);
            Write(pipefd, [0]); // this child is free again
        }
    }

    static void sig_int(int signo)
    {
        // Holding the lock stops the main thread, which C's handler interrupts. It would report that its children have ended.
        lock (cptr)
        {
            foreach (Child child in cptr)
                child.child_pid.Kill(SIGTERM);
            foreach (Child child in cptr)
                child.child_pid.Wait();
            Cpu.pr_cpu_time();
            for (int i = 0; i < nchildren; i++)
                Console.WriteLine($"child {i}, {cptr[i].child_count} connections");
            Environment.Exit(0);
        }
    }
}
