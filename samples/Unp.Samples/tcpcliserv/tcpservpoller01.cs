using System.CommandLine;
using System.CommandLine.Parsing;

namespace Unp.Samples.tcpcliserv;

/// <summary>
/// TCP echo server in one process with select, poll, epoll or kqueue: the chosen one, or the best of the system (UNP 14.9).
/// </summary>
static class tcpservpoller01
{
    public static readonly Option<string?> Mechanism = new("--poller")
    {
        Description = "The mechanism: select, poll, epoll or kqueue. The default is UNP_POLLER or the best of the system.",
        HelpName = "mechanism",
        Validators = { Known },
    };

    static void Known(OptionResult chosen)
    {
        if (chosen.GetValueOrDefault<string?>() is not (null or "select" or "poll" or "epoll" or "kqueue") and var other)
            chosen.AddError($"--poller {other}: the mechanism must be select, poll, epoll or kqueue");
    }

    public static void Main(string[] args, ProgramOptions options)
    {
        using Poller poller = options.Value(Mechanism) is { } mechanism ? Poller.Create(mechanism) : Poller.Create();
        SockAddr servaddr = options.ServerAddress(AF_INET, SERV_PORT);
        using Fd listenfd = Socket(servaddr.Family, SOCK_STREAM);
        Setsockopt(listenfd, SocketOptions.ReuseAddr, true);
        Bind(listenfd, servaddr);
        Listen(listenfd);
        var listener = new EchoListener(listenfd);
        PollRegistration listening = poller.Add(listenfd, PollEvents.Readable);
        options.Ready(listenfd);

        var events = new PollEvent[64];
        Span<byte> buf = stackalloc byte[MAXLINE];
        while (true)
        {
            bool wasFull = listener.IsFull;
            bool mayAccept = wasFull;
            foreach (ref readonly PollEvent ready in events.AsSpan(0, poller.Wait(events, listener.WaitTimeout)))
            {
                if (ready.State is not EchoConnection client)
                {
                    mayAccept = true;
                    continue;
                }
                bool wasSending = client.IsSending;
                client.Echo(buf);
                if (client.IsOver)
                {
                    poller.Remove(ready.Registration);
                    client.Dispose();
                }
                else if (client.IsSending != wasSending)
                {
                    poller.Modify(ready.Registration, client.IsSending ? PollEvents.Writable : PollEvents.Readable);
                }
            }

            while (mayAccept && listener.Accept() is { } newcomer)
            {
                if (!poller.Fits(newcomer.Sockfd))
                {
                    err_msg($"too many clients: {newcomer.Sockfd} does not fit into a set of {FdSet.Capacity}");
                    newcomer.Dispose();
                }
                else if (!Watched.TryAdd(poller, newcomer.Sockfd, newcomer))
                {
                    newcomer.Dispose();
                }
            }
            if (listener.IsFull != wasFull)
                poller.Modify(listening, listener.IsFull ? PollEvents.None : PollEvents.Readable);
        }
    }
}
