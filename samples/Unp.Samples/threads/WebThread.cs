namespace Unp.Samples.threads;

/// <summary>A file of a web server and the thread that fetches it with blocking calls (UNP 26.6).</summary>
/// <param name="name">The file's name.</param>
/// <param name="servaddr">The server's address.</param>
/// <param name="done">Called by the thread at its end.</param>
sealed class WebThread(string name, SockAddr servaddr, Action<WebThread> done)
{
    Thread? thread;

    /// <summary>Gets whether the file could not be read to its end. The reason was printed.</summary>
    public bool HasFailed { get; private set; }

    public void Start()
    {
        thread = new Thread(() =>
        {
            HasFailed = UnpProgram.Run(Do_get_read) != 0;
            done(this);
        });
        ProgramThread.StartOrQuit(thread);
    }

    /// <summary>Gets the thread's number.</summary>
    public int Id => thread!.ManagedThreadId;

    /// <summary>Waits for the end of the thread and prints it.</summary>
    /// <param name="label">The word before the number.</param>
    public void Join(string label)
    {
        thread!.Join();
        Console.WriteLine($"{label} {Id} for {name} done");
    }

    void Do_get_read()
    {
        using Fd fd = Socket(servaddr.Family, SOCK_STREAM);
        Connect(fd, servaddr);
        Console.WriteLine($"do_get_read for {name}, {fd}, thread {Environment.CurrentManagedThreadId}");
        byte[] command = WebPages.GetCommand(name);
        Writen(fd, command);
        Console.WriteLine($"wrote {command.Length} bytes for {name}");

        Span<byte> line = stackalloc byte[MAXLINE];
        int n;
        while ((n = Read(fd, line)) > 0)
            Console.WriteLine($"read {n} bytes from {name}");
        Console.WriteLine($"end-of-file on {name}");
    }
}
