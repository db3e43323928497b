using System.Runtime.InteropServices;

namespace Unp.Samples.sigio;

/// <summary>
/// UDP echo server whose SIGIO handler reads datagrams into a queue, from which the main loop sends the replies (UNP 25.3). SIGHUP prints
/// a histogram of the number of datagrams per signal.
/// </summary>
static class udpserv01
{
    const int QSIZE = 8; // size of the input queue
    const int MAXDG = 4096; // longest datagram

    static readonly DG[] dg = [.. Enumerable.Range(0, QSIZE).Select(_ => new DG())];
    static readonly long[] cntread = new long[QSIZE + 1];

    // C blocks SIGIO while the main loop changes nqueue. Here the handler runs on another thread, so a mutex protects nqueue, and a
    // condition variable replaces sigsuspend. The handler alone uses iput, and the main loop alone uses iget.
    static readonly object mutex = new();
    static int iget; // next one for the main loop
    static int iput; // next one for the handler
    static int nqueue; // number in the queue

    public static void Main(string[] args, ProgramOptions options)
    {
        SockAddr servaddr = options.ServerAddress(AF_INET, SERV_PORT);
        using Fd sockfd = Socket(servaddr.Family, SOCK_DGRAM);
        Bind(sockfd, servaddr);
        using IDisposable sighup = Signal(SIGHUP, sig_hup);
        using var signals = new SignalDrivenIO();
        using IDisposable sigio = signals.Add(sockfd, SignalHandler.Of(sig_io));
        options.Ready(sockfd);

        Dg_echo(sockfd);
    }

    static void Dg_echo(Fd sockfd)
    {
        while (true)
        {
            lock (mutex)
            {
                while (nqueue == 0)
                    Monitor.Wait(mutex); // sigsuspend
            }

            Send(sockfd, dg[iget]);
            if (++iget >= QSIZE)
                iget = 0;

            lock (mutex)
            {
                nqueue--;
                Monitor.Pulse(mutex);
            }
        }
    }

    static void Send(Fd sockfd, DG ptr)
    {
        // The socket is nonblocking. C's Sendto would end the server when there is no room, or when one client cannot be reached.
        while (sendto(sockfd, ptr.dg_data.AsSpan(0, ptr.dg_len), 0, ptr.dg_sa) < 0)
        {
            if (Errno.Last != Errno.EAGAIN)
            {
                Reply.Lost(ptr.dg_sa, Errno.Last);
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
            lock (mutex)
            {
                while (nqueue >= QSIZE)
                    Monitor.Wait(mutex); // C ends here: receive overflow
            }

            DG ptr = dg[iput];
            nint len = recvfrom(sockfd, ptr.dg_data, 0, out ptr.dg_sa);
            if (len < 0)
            {
                if (Errno.Last == Errno.EAGAIN)
                    break; // all done, no more queued to read
                err_sys("recvfrom error");
            }
            ptr.dg_len = (int)len;

            if (nread == QSIZE)
            {
                cntread[nread]++;
                nread = 0;
            }
            nread++;
            if (++iput >= QSIZE)
                iput = 0;

            lock (mutex)
            {
                nqueue++;
                Monitor.Pulse(mutex); // only one of the two can be waiting
            }
        }
        cntread[nread]++; // histogram of datagrams per signal
    }

    static void sig_hup(int signo)
    {
        for (int i = 0; i <= QSIZE; i++)
            Console.WriteLine($"cntread[{i}] = {Volatile.Read(ref cntread[i])}");
    }

    /// <summary>An entry of the queue.</summary>
    sealed class DG
    {
        public readonly byte[] dg_data = new byte[MAXDG];
        public int dg_len;
        public SockAddr dg_sa; // the client's address
    }
}
