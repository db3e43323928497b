using System.Runtime.InteropServices;

namespace Unp.Samples.sigio;

/// <summary>
/// UDP echo server whose SIGIO handler reads datagrams into a queue, from which the main loop sends the replies (UNP 25.3). SIGHUP prints
/// a histogram of the number of datagrams per signal.
/// </summary>
static class udpserv01
{
    const int QSIZE = 8;

    static readonly Datagram[] dg = [.. Enumerable.Range(0, QSIZE).Select(_ => new Datagram())];
    static readonly SemaphoreSlim free = new(QSIZE), queued = new(0);
    static readonly long[] cntread = new long[QSIZE + 1];
    static int iput;

    public static void Main(string[] args, Options options)
    {
        SockAddr servaddr = options.ServerAddress(AF_INET, SERV_PORT);
        using Fd sockfd = Socket(servaddr.Family, SOCK_DGRAM);
        Bind(sockfd, servaddr);
        using IDisposable sighup = Signal(SIGHUP, sig_hup);
        using var signals = new SignalDrivenIO();
        using IDisposable sigio = signals.Add(sockfd, SignalHandler.Of(sig_io));
        options.Ready(sockfd);

        for (int iget = 0; ; iget = (iget + 1) % QSIZE)
        {
            queued.Wait();
            Echo(sockfd, dg[iget]);
            free.Release();
        }
    }

    static void Echo(Fd sockfd, Datagram datagram)
    {
        while (sendto(sockfd, datagram.Bytes, 0, datagram.Sender) < 0)
        {
            if (Errno.Last != Errno.EAGAIN)
            {
                Reply.Lost(datagram.Sender, Errno.Last);
                return;
            }
            Poll([new() { fd = (int)sockfd.DangerousGetHandle(), events = POLLOUT }]);
        }
    }

    static void sig_io(SafeHandle sockfd)
    {
        int nread = 0;
        while (true)
        {
            // When the queue is full, C's handler ends the program. Here the main loop runs on another thread and makes room.
            free.Wait();
            if (!dg[iput].TryReceive(sockfd))
                break;
            iput = (iput + 1) % QSIZE;
            queued.Release();
            if (nread == QSIZE)
            {
                cntread[nread]++;
                nread = 0;
            }
            nread++;
        }
        free.Release();
        cntread[nread]++;
    }

    static void sig_hup(int signo)
    {
        for (int i = 0; i <= QSIZE; i++)
            Console.WriteLine($"cntread[{i}] = {Volatile.Read(ref cntread[i])}");
    }

    /// <summary>An entry of the queue.</summary>
    sealed class Datagram
    {
        readonly byte[] data = new byte[4096];
        int length;

        public SockAddr Sender { get; private set; }

        public ReadOnlySpan<byte> Bytes => data.AsSpan(0, length);

        /// <summary>Receives a datagram. Returns false if there is none.</summary>
        public bool TryReceive(SafeHandle sockfd)
        {
            nint n = recvfrom(sockfd, data, 0, out SockAddr sender);
            if (n < 0 && Errno.Last != Errno.EAGAIN)
                err_sys("recvfrom error");
            (length, Sender) = ((int)n, sender);
            return n >= 0;
        }
    }
}
