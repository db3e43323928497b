using System.Net.Sockets;
using DotNetSocket = System.Net.Sockets.Socket;

namespace Unp.Samples.unixdomain;

/// <summary>
/// Accepts TCP connections with .NET's socket, and passes them to worker processes, <see cref="fdworker"/>, that serve them (beside section 15.7). A
/// worker that is killed takes its own connections along and nobody else's, and another takes its place.
/// </summary>
static class fdserver
{
    const int WorkersEnd = 3;

    public static void Main(string[] args, Options options)
    {
        int workers = args.Length == 0 ? 2 : Child.Number(args[0]);
        if (args.Length > 1 || workers == 0)
            err_quit("usage: fdserver [ <#workers> ]");

        SockAddr servaddr = options.ServerAddress(AF_INET, SERV_PORT);
        Fd listenfd = Socket(servaddr.Family, SOCK_STREAM);
        Setsockopt(listenfd, SocketOptions.ReuseAddr, true);
        Bind(listenfd, servaddr);
        Listen(listenfd);
        options.Ready(listenfd);
        using var listener = new DotNetSocket(listenfd.ToSocketHandle());

        // All workers read from one end: whoever is free takes the next connection, and what waits there outlives each of them.
        Socketpair(AF_LOCAL, SOCK_STREAM, 0, out Fd sockfd, out Fd workersEnd);
        for (int i = 0; i < workers; i++)
            ProgramThread.Start(() => KeepWorker(workersEnd));
        while (true)
        {
            using DotNetSocket client = Accept(listener);
            if (write_fd(sockfd, [0], client.SafeHandle) < 0)
                err_ret("write_fd error, a client is lost");
        }
    }

    /// <summary>Accepts the next client as <see cref="Acceptor.Accept(Fd)"/> does.</summary>
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

    /// <summary>Starts a worker, and another one when that is killed.</summary>
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
        err_quit("a worker gave up: so would the next one");
    }

    /// <summary>Starts a worker. A shortage is waited out, because the other workers still serve.</summary>
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
