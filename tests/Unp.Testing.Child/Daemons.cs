using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;

#pragma warning disable CA1416 // the ioctls of a pseudo-terminal exist on Linux only, and the tests run there

namespace Unp.Testing.Child;

/// <summary>Scenarios of programs that become daemons or are started with sockets.</summary>
static class Daemons
{
    static IDisposable? hangUp;

    /// <summary>Becomes a daemon and serves the test that listens at a path. The daemon ends with the connection.</summary>
    public static void Run(string how, string path)
    {
        switch (how)
        {
            case "as in the book":
                Daemon_init("childd", LOG_DAEMON);
                Serve(path);
                break;
            case "with a listener":
                using (Daemon daemon = Daemon_init("childd", LOG_DAEMON, () => [Listen(path)]))
                {
                    err_msg("getting ready");
                    daemon.Ready();
                    using Fd connfd = Accept(daemon.Descriptors[0]);
                    Serve(connfd);
                }
                break;
            case "outside UnpProgram.Run":
                try
                {
                    Daemon_init("childd", LOG_DAEMON);
                }
                catch (ExitException e)
                {
                    Console.WriteLine(e.Message);
                    throw;
                }
                break;
            case "fails to open":
                Daemon_init("childd", LOG_DAEMON, () => [Open("/no/such/file", O_RDONLY)]);
                break;
            default:
                using (Daemon_init("childd", LOG_DAEMON, () => []))
                    Fail(how);
                break;
        }
    }

    static void Fail(string how)
    {
        switch (how)
        {
            case "err_quit":
                err_quit("no configuration");
                break;
            case "exits":
                throw new ExitException(7, "seven");
            case "is killed":
                Kill(Environment.ProcessId, SIGKILL);
                break;
            default:
                throw new InvalidOperationException(how);
        }
    }

    static Fd Listen(string path)
    {
        Console.WriteLine("opened");
        Fd listenfd = UnixListen(path);
        Setsockopt(listenfd, SocketOptions.RcvTimeo, TimeSpan.FromSeconds(20)); // the test may have failed
        return listenfd;
    }

    static void Serve(string path)
    {
        using Fd fd = Socket(AF_UNIX, SOCK_STREAM);
        Connect(fd, SockAddr.Unix(path));
        Serve(fd);
    }

    static void Serve(Fd fd)
    {
        Console.WriteLine("to nobody");
        Span<byte> line = stackalloc byte[MAXLINE];
        while (Readline(fd, line) is > 0 and int n)
        {
            string command = Encoding.UTF8.GetString(line[..n]).TrimEnd('\n');
            Writen(fd, Encoding.UTF8.GetBytes($"{Answer(command)}\n"));
        }
    }

    static string Answer(string command)
    {
        switch (command)
        {
            case "terminal":
                return OpenTerminal();
            case "environment":
                return $"{Environment.GetEnvironmentVariable("UNP_DAEMON") ?? "nothing"} {Environment.GetEnvironmentVariable("GIVEN")}";
            case "err_msg":
                err_msg("a message");
                return "";
            case "err_ret":
                Errno.Last = Errno.ENOENT;
                err_ret("a reason");
                return "";
            case "err_quit":
                err_quit("the end");
                return "";
            case "again":
                Daemon_init("again");
                return "";
            case "UnpException":
                Open("/no/such/file", O_RDONLY);
                return "";
            default:
                throw new InvalidOperationException(command);
        }
    }

    /// <summary>
    /// Opens a terminal without O_NOCTTY, as an ordinary program does. Returns the number of the controlling terminal, 0 if there is none.
    /// </summary>
    public static string OpenTerminal()
    {
        const nuint TIOCSPTLCK = 0x40045431;
        const nuint TIOCGPTN = 0x80045430;
        hangUp ??= Signal(SIGHUP, _ => { }); // SIGHUP arrives when the terminal closes
        using Fd master = Open("/dev/ptmx", O_RDWR | O_NOCTTY);
        int number = 0;
        Ioctl(master, TIOCSPTLCK, ref number);
        Ioctl(master, TIOCGPTN, ref number);
        using Fd terminal = Open($"/dev/pts/{number}", O_RDWR);
        string stat = File.ReadAllText("/proc/self/stat");
        return $"controlling terminal {stat[(stat.LastIndexOf(')') + 2)..].Split(' ')[4]}";
    }

    public static void PrintListeners(bool acceptsConnection)
    {
        using Listeners listeners = Listeners.FromEnvironment(acceptsConnection);
        Console.WriteLine($"{listeners.Source} {listeners.Count}");
        foreach (ListenerDescriptor listener in listeners)
        {
            string state = listener.IsListening ? "listening" : "not listening";
            Console.WriteLine($"{listener.Fd} {listener.Name} {state} {Flags(listener.Fd)}");
        }
        string[] variables = ["LISTEN_PID", "LISTEN_FDS", "LISTEN_FDNAMES"];
        Console.WriteLine($"left: {string.Concat(variables.Select(Environment.GetEnvironmentVariable))}");
        Console.WriteLine($"again: {Listeners.FromEnvironment(acceptsConnection).Source}");
        if (listeners is [{ IsListening: true } first, ..])
        {
            using Fd connfd = Accept(first.Fd);
            Writen(connfd, "hello from below\n"u8);
        }

        static string Flags(SafeHandle fd) => Fcntl(fd, F_GETFD) == FD_CLOEXEC ? "close-on-exec" : "inherited";
    }

    public static void StartedByInetd()
    {
        Daemon_inetd("childd", LOG_LOCAL1);
        err_msg("to the log");
        Open("/no/such/file", O_RDONLY);
    }

    /// <summary>Logs the first message without a free descriptor, which the connection to syslogd needs.</summary>
    internal static void SayWithoutDescriptors(string path)
    {
        using var sender = new SyslogSender(new() { Path = path, Ident = "me" });
        var taken = new Stack<Fd>();
        try
        {
            while (true)
                taken.Push(Dup(Fd.StandardInput));
        }
        catch (UnpException e)
        {
            sender.Send(LOG_ERR, e.Errno.Name);
        }
        int waiting = sender.QueuedCount;
        while (taken.TryPop(out Fd? fd))
            fd.Dispose();
        Console.WriteLine($"{waiting} waits");
        sender.Send(LOG_ERR, "there are some again");
        Console.WriteLine($"{sender.Flush(TimeSpan.FromSeconds(10))}");
    }

    /// <summary>Logs a message, also to standard error.</summary>
    public static void Say(string path)
    {
        Openlog(new SyslogOptions { Path = path, Ident = "me", Option = LOG_PID | LOG_PERROR });
        Syslog(LOG_INFO, "100 %\n");
    }

    /// <summary>Replaces this program by another. On failure it prints the error and checks that its state is unchanged.</summary>
    public static void BecomeProgram(string program, string[] argv)
    {
        Console.Write("before, ");
        Console.Out.Flush();
        try
        {
            Execv(program, argv);
        }
        catch (UnpException failure)
        {
            Console.WriteLine(failure.Message);
        }
        Pipe(out Fd read, out Fd write);
        read.Dispose();
        using (write)
            Console.WriteLine(writen(write, "x"u8) < 0 ? Errno.Last.Name : "written");
    }

    public static void ReservePorts(int port)
    {
        var held = new List<Fd>();
        try
        {
            while (true)
            {
                int found = port;
                held.Add(Rresvport(ref found));
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{found} {Getsockname(held[^1])}"));
            }
        }
        finally
        {
            held.ForEach(fd => fd.Dispose());
        }
    }
}
