namespace Unp.Samples.nonblock;

/// <summary>A file that <see cref="web"/> fetches, with its connection and its progress. The connect does not block (UNP 16.5).</summary>
sealed class WebFile : IDisposable
{
    readonly string name;
    readonly Fd fd;
    bool isConnecting;

    /// <summary>Starts to connect.</summary>
    public WebFile(string name, in SockAddr servaddr)
    {
        this.name = name;
        fd = Socket(servaddr.Family, SOCK_STREAM);
        Console.WriteLine($"start_connect for {name}, {fd}");

        SetNonBlocking(fd);
        isConnecting = connect(fd, servaddr) < 0;
        if (!isConnecting)
            WriteGetCommand();
        else if (Errno.Last != Errno.EINPROGRESS && Errno.Last != Errno.EINTR)
            err_sys($"nonblocking connect error for {name}");
    }

    /// <summary>Gets whether the file was read completely or has failed.</summary>
    public bool IsDone { get; private set; }

    /// <summary>Gets whether the file could not be read to its end.</summary>
    public bool HasFailed { get; private set; }

    /// <summary>Adds the connection to the sets. An established connection becomes writable, and a failed one also readable.</summary>
    public void WaitIn(ref FdSet rset, ref FdSet wset)
    {
        rset.Set(fd);
        if (isConnecting)
            wset.Set(fd);
    }

    /// <summary>Does what is possible without blocking.</summary>
    public void Advance(in FdSet rset, in FdSet wset)
    {
        if (IsDone)
            return; // the command could not be written
        if (isConnecting && (rset.IsSet(fd) || wset.IsSet(fd)))
            EndConnect();
        else if (!isConnecting && rset.IsSet(fd))
            ReadSome();
    }

    public void Dispose() => fd.Dispose();

    void EndConnect()
    {
        isConnecting = false;
        Errno.Last = Getsockopt(fd, SocketOptions.Error);
        if (Errno.Last.Value != 0)
        {
            Fail("nonblocking connect failed");
            return;
        }
        Console.WriteLine($"connection established for {name}");
        WriteGetCommand();
    }

    void WriteGetCommand()
    {
        // A long name may have to wait for room. Reads never block, because select(2) reports data first.
        SetNonBlocking(fd, on: false);
        byte[] line = WebPages.GetCommand(name);
        if (writen(fd, line) < 0)
            Fail("writen error");
        else
            Console.WriteLine($"wrote {line.Length} bytes for {name}");
    }

    void ReadSome()
    {
        Span<byte> buf = stackalloc byte[MAXLINE];
        nint n = read(fd, buf);
        if (n > 0)
        {
            Console.WriteLine($"read {n} bytes from {name}");
        }
        else if (n == 0)
        {
            Console.WriteLine($"end-of-file on {name}");
            IsDone = true;
        }
        else
        {
            Fail("read error");
        }
    }

    void Fail(string what)
    {
        err_ret($"{what} for {name}");
        (IsDone, HasFailed) = (true, true);
    }
}
