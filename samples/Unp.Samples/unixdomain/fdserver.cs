using System.Net.Sockets;
using DotNetSocket = System.Net.Sockets.Socket;

namespace Unp.Samples.unixdomain;

/// <summary>
/// Accepts TCP connections with a .NET socket and passes them to worker processes, <see cref="fdworker"/> (UNP 15.7). A killed worker loses
/// only its own connections, and a new worker replaces it.
/// </summary>
static class fdserver
{
    const int WorkersEnd = 3;

    public static void Main(string[] args, ProgramOptions options)
    {
        int workers = args.Length == 0 ? 2 : ProgramOptions.Number(args[0]);
        if (args.Length > 1 || workers == 0)
            options.Usage("[ <#workers> ]");

        SockAddr servaddr = options.ServerAddress(AF_INET, SERV_PORT);
        Fd listenfd = Socket(servaddr.Family, SOCK_STREAM);
        Setsockopt(listenfd, SocketOptions.ReuseAddr, true);
        Bind(listenfd, servaddr);
        Listen(listenfd);
        options.Ready(listenfd);
        using var listener = new DotNetSocket(listenfd.ToSocketHandle());

        // All workers read from one end. A free worker takes the next connection, and queued connections survive the workers.
        Socketpair(AF_LOCAL, SOCK_STREAM, 0, out Fd sockfd, out Fd workersEnd);
        for (int i = 0; i < workers; i++)
            ProgramThread.Start(() => KeepWorker(workersEnd));
        while (true)
        {
            using DotNetSocket client = Accept(listener);
            if (write_fd(sockfd, [0], client.SafeHandle) < 0)
                err_ret("write_fd error; closing a client");
        }
    }

    /// <summary>Accepts the next client, like <see cref="Acceptor.Accept(Fd)"/>.</summary>
    static DotNetSocket Accept(DotNetSocket listener)
    {
        bool isReported = false;
        while (true)
        {
            try
            {
                return listener.Accept();
            }
            catch (SocketException failure)
            {
                var reason = new UnpException(new Errno(failure.NativeErrorCode), "accept");
                if (!Acceptor.CanRetry(reason.Errno))
                    throw reason;
                Acceptor.Pause(reason.Message, ref isReported);
            }
        }
    }

    /// <summary>Starts a worker, and another one whenever it is killed.</summary>
    static void KeepWorker(Fd workersEnd)
    {
        WaitStatus status;
        do
        {
            using SpawnedProcess worker = Start(workersEnd);
            Console.WriteLine($"worker {worker.Id} started");
            status = worker.Wait();
            Console.WriteLine($"worker {worker.Id} terminated: {status}");
        }
        while (status.Signaled || status.IsUnknown);
        err_quit("a worker has failed, and its successor would fail too");
    }

    /// <summary>Starts a worker. Retries during a shortage, because the other workers still serve.</summary>
    static SpawnedProcess Start(Fd workersEnd)
    {
        bool isReported = false;
        while (true)
        {
            try
            {
                return Child.Exec("unixdomain/fdworker", [$"{WorkersEnd}"], new() { Descriptors = { [WorkersEnd] = workersEnd } });
            }
            catch (UnpException failure) when (failure.Errno.IsShortage || failure.Errno == Errno.EAGAIN)
            {
                Acceptor.Pause(failure.Message, ref isReported);
            }
        }
    }
}
