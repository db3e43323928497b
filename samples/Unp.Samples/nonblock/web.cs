namespace Unp.Samples.nonblock;

/// <summary>
/// Web client that fetches a home page and then its files, several at a time (UNP 16.5). The connects do not block, and select(2) waits
/// for all connections.
/// </summary>
static class web
{
    const int F_CONNECTING = 1; // connect in progress
    const int F_READING = 2; // connected, reading
    const int F_DONE = 4;

    static FdSet rset, wset;
    static int nconn, nlefttoread;
    static bool hasFailed;

    public static void Main(string[] args, ProgramOptions options)
    {
        WebPages pages = WebPages.Of(args, options);
        SockAddr servaddr = pages.Home_page();

        WebFile[] file = [.. pages.Files.Select(name => new WebFile(name))];
        int nlefttoconn = nlefttoread = file.Length;
        Span<byte> buf = stackalloc byte[MAXLINE];
        while (nlefttoread > 0)
        {
            while (nconn < pages.MaxConnections && nlefttoconn > 0)
            {
                // find a file to read
                Start_connect(file.First(one => one.f_flags == 0), servaddr);
                nconn++;
                nlefttoconn--;
            }
            if (nconn == 0)
                continue; // none of these files could be requested

            FdSet rs = rset;
            FdSet ws = wset;
            Select(Math.Max(rs.Maxfdp1, ws.Maxfdp1), ref rs, ref ws); // maxfd + 1

            foreach (WebFile fptr in file)
            {
                int flags = fptr.f_flags;
                if (flags is 0 or F_DONE)
                    continue;
                Fd fd = fptr.f_fd!;
                if (flags == F_CONNECTING && (rs.IsSet(fd) || ws.IsSet(fd)))
                {
                    Errno.Last = Getsockopt(fd, SocketOptions.Error);
                    if (Errno.Last.Value != 0)
                    {
                        Fail(fptr, "nonblocking connect failed");
                        continue;
                    }
                    Console.WriteLine($"connection established for {fptr.f_name}");
                    wset.Clr(fd); // no more test for room
                    Write_get_cmd(fptr);
                }
                else if (flags == F_READING && rs.IsSet(fd))
                {
                    nint n = read(fd, buf);
                    if (n < 0)
                    {
                        Fail(fptr, "read error");
                    }
                    else if (n == 0)
                    {
                        Console.WriteLine($"end-of-file on {fptr.f_name}");
                        Close(fptr);
                    }
                    else
                    {
                        Console.WriteLine($"read {n} bytes from {fptr.f_name}");
                    }
                }
            }
        }
        if (hasFailed)
            err_quit("some files could not be read");
    }

    static void Start_connect(WebFile fptr, in SockAddr servaddr)
    {
        Fd fd = fptr.f_fd = Socket(servaddr.Family, SOCK_STREAM);
        Console.WriteLine($"start_connect for {fptr.f_name}, {fd}");

        SetNonBlocking(fd);
        if (connect(fd, servaddr) < 0)
        {
            if (Errno.Last != Errno.EINPROGRESS && Errno.Last != Errno.EINTR)
                err_sys($"nonblocking connect error for {fptr.f_name}");
            fptr.f_flags = F_CONNECTING;
            rset.Set(fd); // an established connection becomes writable, and a failed one also readable
            wset.Set(fd);
        }
        else
        {
            Write_get_cmd(fptr);
        }
    }

    static void Write_get_cmd(WebFile fptr)
    {
        // A long name may have to wait for room. Reads never block, because select(2) reports data first.
        Fd fd = fptr.f_fd!;
        SetNonBlocking(fd, on: false);
        byte[] line = WebPages.GetCommand(fptr.f_name);
        fptr.f_flags = F_READING;
        rset.Set(fd);
        if (writen(fd, line) < 0)
            Fail(fptr, "writen error");
        else
            Console.WriteLine($"wrote {line.Length} bytes for {fptr.f_name}");
    }

    /// <summary>Reports that a file cannot be read. The other files still can.</summary>
    static void Fail(WebFile fptr, string what)
    {
        err_ret($"{what} for {fptr.f_name}");
        hasFailed = true;
        Close(fptr);
    }

    static void Close(WebFile fptr)
    {
        rset.Clr(fptr.f_fd!);
        wset.Clr(fptr.f_fd!);
        fptr.f_fd!.Dispose();
        fptr.f_flags = F_DONE;
        nconn--;
        nlefttoread--;
    }

    /// <summary>The book's <c>struct file</c>.</summary>
    sealed class WebFile(string name)
    {
        public string f_name => name;

        public Fd? f_fd { get; set; }

        public int f_flags { get; set; } // 0 before the connect
    }
}
