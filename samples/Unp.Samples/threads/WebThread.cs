namespace Unp.Samples.threads;

/// <summary>A file of a web server's and the thread that fetches it, in calls that block (section 26.6).</summary>
/// <param name="name">The file.</param>
/// <param name="servaddr">The server.</param>
/// <param name="done">What the thread does last.</param>
sealed class WebThread(string name, SockAddr servaddr, Action<WebThread> done)
{
    Thread? thread;

    /// <summary>The file could not be read to its end; why was printed.</summary>
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

    /// <summary>The thread's number.</summary>
    public int Id => thread!.ManagedThreadId;

    /// <summary>Waits for its end, and prints it.</summary>
    /// <param name="label">What stands before the number.</param>
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
