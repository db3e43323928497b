namespace Unp.Testing.Child;

/// <summary>Scenarios that need their own process. The first argument names the scenario.</summary>
static partial class Program
{
    static readonly Dictionary<string, Action<string[]>> Scenarios = new()
    {
        ["nothing"] = _ => { },
        ["ping without rights"] = _ => Pings.WithoutRights(),
        ["spawn"] = arguments => SpawnAndWait(arguments),
        ["spawn where the directory is gone"] = _ => SpawnWhereDirectoryIsGone(),
        ["async err_quit"] = _ => EndAfterAwait(),
        ["fail in an async signal handler"] = _ => FailInSignalHandler(),
        ["loop"] = arguments => Loops.Run(arguments[0]),
        ["spawn where SIGCHLD is ignored"] = _ => SpawnWithIgnoredSigchld(),
        ["lost statuses"] = arguments => LostStatuses.Print(arguments[0]),
        ["pool with lost statuses"] = _ => LostStatuses.ReplaceWorker(),
        ["connect to"] = arguments => ConnectAndStay(SockAddr.Parse(arguments[0])),
        ["return descriptors to"] = arguments => ReturnDescriptors(SockAddr.Parse(arguments[0])),
        ["err_sys"] = _ => AfterFailure(() => err_sys("open error")),
        ["err_quit"] = _ => err_quit("usage: child <scenario>"),
        ["err_dump"] = _ => AfterFailure(() => err_dump("open error")),
        ["err_ret"] = _ => AfterFailure(() => err_ret("open error")),
        ["err_msg"] = _ => err_msg("just so"),
        ["err_sys with an address"] = _ => AfterFailure(() => err_sys($"can't reach {SockAddr.Loopback(AF_INET6, 7)}")),
        ["err_sys with a call"] = _ => AfterFailure(() => err_sys($"can't reach {Sock_ntop(SockAddr.Parse("127.0.0.1"))}")),
        ["err_ret with a number"] = _ => AfterFailure(() => err_ret($"can't reach {-7}")),
        ["err_dump with a call"] = _ => AfterFailure(() => err_dump($"can't reach {Sock_ntop(SockAddr.Parse("127.0.0.1"))}")),
        ["first failure"] = arguments => FirstFailure(arguments[0]),
        ["err_quit deep inside"] = arguments => DeepInside(arguments[0], () => err_quit("no more")),
        ["err_dump deep inside"] = arguments => DeepInside(arguments[0], () => AfterFailure(() => err_dump("no more"))),
        ["UnpException deep inside"] = arguments => DeepInside(arguments[0], () => Open("/no/such/file", O_RDONLY)),
        ["exit with"] = arguments => throw new ExitException(Number(arguments[0]), "enough"),
        ["sockets under faults"] = _ => UnderFaults.Sockets(),
        ["files under faults"] = arguments => UnderFaults.Files(arguments[0]),
        ["messages under faults"] = _ => UnderFaults.Messages(),
        ["zero copy under faults"] = _ => UnderFaults.ZeroCopy(),
        ["close under faults"] = arguments => UnderFaults.CloseFile(arguments[0]),
        ["UnpException"] = _ => Open("/no/such/file", O_RDONLY),
        ["GaiException"] = _ => Getaddrinfo("127.0.0.1", "70000"),
        ["other exception"] = _ => throw new InvalidOperationException("a fault"),
        ["output before error"] = _ => OutputBeforeError(),
        ["print all"] = _ => Messages.PrintAll(),
        ["print without descriptors"] = _ => Messages.PrintWithoutDescriptors(byConsole: false),
        ["print by the console without descriptors"] = _ => Messages.PrintWithoutDescriptors(byConsole: true),
        ["print to a full pipe"] = _ => Messages.PrintToFullPipe(),
        ["print to a slow pipe"] = _ => Messages.PrintToSlowPipe(),
        ["print at once"] = _ => Messages.PrintAtOnce(),
        ["print forms"] = _ => Messages.PrintForms(),
        ["write to a dead peer"] = _ => WriteToADeadPeer(),
        ["write to a dead peer after handling SIGPIPE"] = _ => HandleSigpipeForAWhile(),
        ["tcp_connect"] = arguments => ConnectAndPrint(arguments[0], arguments[1]),
        ["fail to connect"] = arguments => FailToConnect(arguments[0], arguments[1], rounds: 100),
        ["tcp_listen"] = arguments => ListenAndPrint(arguments[0], arguments[1]),
        ["look up without name server"] = _ => LookUp(),
        ["look up with a silent name server"] = _ => LookUpWithSilentServer(),
        ["send to a dead peer where SIGPIPE kills"] = _ => SendWhereSigpipeKills(),
        ["handle a signal for a while"] = arguments => HandleForAWhile(Number(arguments[0])),
        ["wait for a signal"] = arguments => WaitForSignal.Run(arguments[0], Number(arguments[1])),
        ["syslog"] = arguments => Daemons.Say(arguments[0]),
        ["syslog without a free descriptor"] = arguments => Daemons.SayWithoutDescriptors(arguments[0]),
        ["execv"] = arguments => Daemons.BecomeProgram(arguments[0], arguments[1..]),
        ["daemon"] = arguments => Daemons.Run(arguments[0], arguments[1]),
        ["open a terminal"] = _ => Console.WriteLine(Daemons.OpenTerminal()),
        ["listeners"] = arguments => Daemons.PrintListeners(acceptsConnection: arguments.Length > 0),
        ["source"] = arguments => Console.WriteLine(Listeners.FromEnvironment(acceptsConnection: arguments.Length > 0).Source),
        ["worker of an old variable"] = _ => Worker.FromEnvironment(),
        ["pool in each worker"] = _ => Workers.PoolInEachWorker(),
        ["pool with arguments"] = arguments => Workers.PoolWithArguments(arguments),
        ["pool in the root directory"] = _ => Workers.PoolInRoot(),
        ["worker that never asks"] = _ => Thread.Sleep(Timeout.Infinite),
        ["worker that is not ready"] = _ => Workers.NeverBecomeReady(),
        ["started by inetd"] = _ => Daemons.StartedByInetd(),
        ["rresvport"] = arguments => Daemons.ReservePorts(Number(arguments[0])),
        ["worker"] = _ => Workers.Serve(),
        ["worker that does not end"] = _ => Workers.IgnorePool(),
        ["worker with threads"] = _ => Workers.ServeWithThreads(),
        ["worker in haste"] = _ => Workers.AcceptAndCloseFast(),
        ["worker that falls silent"] = _ => Workers.DisposeAndKeepRunning(),
        ["worker that leaves while its threads accept"] = _ => Workers.LeaveWhileThreadsAccept(),
        ["worker that takes no signal"] = _ => Workers.AcceptWithoutSignals(),
        ["worker that tells what it was given"] = _ => Workers.ReportInputs(),
        ["pool"] = arguments => Workers.Pool(arguments[0]),
        ["hold a record lock"] = arguments => Locks.HoldRecord(arguments[0]),
        ["hold the mutex"] = _ => Locks.HoldMutex(),
        ["count under the mutex"] = arguments => Locks.Count(arguments[0]),
        ["listen"] = arguments => ListenWithBacklog(Number(arguments[0]), arguments[1] == "by environment"),
    };

    static int Main(string[] args) => UnpProgram.Run(() => Scenarios[args[0]](args[1..]));

    static int Number(string text) => int.Parse(text, System.Globalization.CultureInfo.InvariantCulture);

    static void AfterFailure(Action report)
    {
        _ = open("/no/such/file", O_RDONLY);
        report();
        Console.WriteLine("went on");
    }

    static void EndAfterAwait() => Environment.Exit(UnpProgram.Run(async () =>
    {
        await Task.Yield();
        err_quit("no more");
    }));

    static void FailInSignalHandler()
    {
        using var registration = Signal(SIGUSR1, async _ =>
        {
            await Task.Yield();
            throw new InvalidOperationException("a fault");
        });
        _ = kill(getpid(), SIGUSR1);
        Console.ReadLine();
    }

    static void ConnectAndStay(SockAddr address)
    {
        using Fd fd = Socket(AF_UNIX, SOCK_STREAM);
        Connect(fd, address);
        Console.WriteLine("connected");
        Console.ReadLine();
    }

    /// <summary>
    /// Returns each received descriptor with its bytes. At the end it prints how many descriptors were passed, and which ones are left
    /// open.
    /// </summary>
    static void ReturnDescriptors(SockAddr address)
    {
        using Fd fd = Socket(AF_UNIX, SOCK_STREAM);
        Connect(fd, address);
        byte[] buffer = new byte[16];
        string[] before = [];
        int passed = 0;
        for (int n; (n = Read_fd(fd, buffer, out Fd? descriptor)) > 0; passed++)
        {
            using (descriptor)
                Write_fd(fd, buffer.AsSpan(0, n), descriptor!);
            if (passed == 0)
                before = Open();
        }
        Console.WriteLine($"passed {passed}, left open: {string.Join(' ', Open().Except(before))}");

        // Without the listing's own descriptor, which is closed by then, and the assemblies that the runtime loads.
        static string[] Open() =>
        [
            .. Directory.GetFileSystemEntries("/proc/self/fd")
                .Select(entry => (Number: Path.GetFileName(entry), new FileInfo(entry).LinkTarget))
                .Where(fd => fd.LinkTarget?.EndsWith(".dll", StringComparison.Ordinal) == false)
                .Select(fd => $"{fd.Number} ({fd.LinkTarget})"),
        ];
    }

    static void SpawnAndWait(string[] command)
    {
        using SpawnedProcess child = Spawn(command[0], command[1..]);
        child.Wait();
    }

    /// <summary>Spawns a program that PATH finds even without a current directory, then a missing program.</summary>
    static void SpawnWhereDirectoryIsGone()
    {
        string directory = Directory.CreateTempSubdirectory("unp").FullName;
        Environment.CurrentDirectory = directory;
        Directory.Delete(directory);
        using (SpawnedProcess child = Spawn("true", []))
            Console.WriteLine(child.Wait());
        try
        {
            Spawn("no-such-program", []);
        }
        catch (UnpException failure)
        {
            Console.WriteLine(failure.Errno.Name);
        }
    }

    /// <summary>Runs with SIGCHLD ignored, so the kernel keeps no zombies unless the runtime has begun to handle the signal.</summary>
    static void SpawnWithIgnoredSigchld()
    {
        using SpawnedProcess child = Spawn("cat", [], new() { Descriptors = { [1] = Fd.StandardError } });
        Console.WriteLine("started");
        Console.WriteLine(child.Wait());
        try
        {
            child.Kill(SIGKILL);
        }
        catch (UnpException failure)
        {
            Console.WriteLine(failure.Errno.Name);
        }
    }

    /// <summary>Fails in a call before the process has formatted any text.</summary>
    static void FirstFailure(string call)
    {
        using Fd fd = Socket(AF_INET, SOCK_STREAM);
        switch (call)
        {
            case "connect":
                using (Fd deaf = Socket(AF_INET, SOCK_STREAM))
                {
                    Bind(deaf, SockAddr.Loopback(AF_INET));
                    Connect(fd, Getsockname(deaf));
                }
                break;
            case "getsockopt":
                Getsockopt<int>(fd, -1, -1);
                break;
            default:
                Family_to_level(-1);
                break;
        }
    }

    /// <summary>Ends the program below a using statement, which must close its file.</summary>
    static void DeepInside(string path, Action end)
    {
        using var file = new StreamWriter(path);
        file.Write("was closed");
        end();
    }

    /// <summary>Prints to a buffered standard output, which is the same file as standard error.</summary>
    static void OutputBeforeError()
    {
        using Fd output = Fd.Borrow(1);
        Dup2(output, Fd.StandardError);
        Console.SetOut(new StreamWriter(Console.OpenStandardOutput(), bufferSize: 4096));
        Console.Write("first\n");
        err_msg("second");
    }

    static void HandleSigpipeForAWhile()
    {
        Signal(SIGPIPE, _ => { }).Dispose();
        WriteToADeadPeer();
    }

    static void WriteToADeadPeer()
    {
        Socketpair(AF_UNIX, SOCK_STREAM, 0, out Fd first, out Fd second);
        Pipe(out Fd read, out Fd write);
        second.Dispose();
        read.Dispose();
        Console.WriteLine(writen(first, "x"u8) < 0 ? Errno.Last.Name : "written");
        Console.WriteLine(writen(write, "x"u8) < 0 ? Errno.Last.Name : "written");
        first.Dispose();
        write.Dispose();
    }

    /// <summary>Sends with the default action of SIGPIPE, as in a host that does not ignore the signal as .NET's does.</summary>
    static void SendWhereSigpipeKills()
    {
        const nint SIG_DFL = 0;
        signal(SIGPIPE, SIG_DFL);
        Socketpair(AF_UNIX, SOCK_STREAM, 0, out Fd first, out Fd second);
        second.Dispose();
        using (first)
        {
            foreach (Action send in (Action[])[() => Send(first, "x"u8), () => Sendto(first, "x"u8, 0, default)])
            {
                try
                {
                    send();
                }
                catch (UnpException failure)
                {
                    Console.WriteLine(failure.Errno.Name);
                }
            }
        }
    }

    [System.Runtime.InteropServices.LibraryImport("libc")]
    private static partial nint signal(int signum, nint handler);

    static void ConnectAndPrint(string host, string service)
    {
        using Fd fd = Tcp_connect(host, service);
        Console.WriteLine(Getpeername(fd));
    }

    static void ListenAndPrint(string host, string service)
    {
        using Fd listenfd = Tcp_listen(host, service);
        Console.WriteLine(Getsockname(listenfd));
    }

    /// <summary>Prints the error of each function for a host and an address that no file lists.</summary>
    static void LookUp()
    {
        const string Host = "nobody.test";
        var address = System.Net.IPAddress.Parse("192.0.2.1");
        Console.WriteLine($"getaddrinfo {GaiName(getaddrinfo(Host, "80", 0, AF_UNSPEC, SOCK_STREAM, 0, out _))}");
        Console.WriteLine($"getnameinfo {GaiName(getnameinfo(new SockAddr(address, 80), out _, out _, NI_NAMEREQD))}");
        Console.WriteLine($"getnameinfo {GaiName(getnameinfo(new SockAddr(address, 80), out _, out _))}");
        Console.WriteLine(gethostbyname(Host, out int h_errno) is null ? $"gethostbyname {h_errno}" : "there is such a host");
        Console.WriteLine(gethostbyaddr(address, out h_errno) is null ? $"gethostbyaddr {h_errno}" : "it has a name");
        Console.WriteLine(Gethostname() is { } own && my_addrs(out _, out h_errno) is null ? $"my_addrs {h_errno}" : "it is in the file");
        Tcp_connect(Host, "80");
    }

    static string GaiName(int error) => error == EAI_AGAIN ? "EAI_AGAIN" : error == EAI_NONAME ? "EAI_NONAME" : $"{error}";

    static void LookUpWithSilentServer()
    {
        using Fd silent = Udp_server("127.0.0.1", "53");
        LookUp();
    }

    static void FailToConnect(string host, string service, int rounds)
    {
        int before = OpenSockets();
        for (int round = 1; round < rounds; round++)
        {
            if (tcp_connect(host, service, out _) is not null)
                throw new InvalidOperationException("The connection unexpectedly succeeded.");
        }
        Console.WriteLine($"{OpenSockets() - before} left open");
        Tcp_connect(host, service);
    }

    static int OpenSockets() => Directory.GetFileSystemEntries("/proc/self/fd")
        .Count(entry => new FileInfo(entry).LinkTarget?.StartsWith("socket:", StringComparison.Ordinal) == true);

    /// <summary>Reports a handled signal, then that the handler is removed, and waits to be killed.</summary>
    static void HandleForAWhile(int signo)
    {
        using var handled = new ManualResetEventSlim();
        using (Signal(signo, number =>
        {
            Console.WriteLine($"handled {number}");
            handled.Set();
        }))
        {
            Console.WriteLine("ready");
            handled.Wait();
        }
        Console.WriteLine("done");
        Console.ReadLine();
    }

    static void ListenWithBacklog(int backlog, bool isByEnvironment)
    {
        AppContext.SetSwitch("Unp.Net.ListenQ", isByEnvironment);
        using Fd listenfd = Socket(AF_INET, SOCK_STREAM);
        Bind(listenfd, SockAddr.Loopback(AF_INET));
        Listen(listenfd, backlog);
        using Fd other = Tcp_listen("127.0.0.1", "0");
        Console.WriteLine(BacklogOf(listenfd));
        Console.WriteLine(BacklogOf(other));
    }

    /// <summary>Returns the backlog of a listening socket. TCP_INFO of tcp(7) reports it in tcpi_sacked.</summary>
    static int BacklogOf(Fd listenfd)
    {
        const int TCP_INFO = 11;
        const int TcpiSacked = 28;
        Span<byte> info = stackalloc byte[256];
        Getsockopt(listenfd, IPPROTO_TCP, TCP_INFO, info);
        return BitConverter.ToInt32(info[TcpiSacked..]);
    }
}
