using System.Globalization;
using System.Text.Unicode;

namespace Unp.Samples.tcpcliserv;

/// <summary>TCP server that adds two numbers from a line of text and replies with text (figure 5.17).</summary>
static class tcpserv08
{
    public static void Main(string[] args, ProgramOptions options)
    {
        SockAddr servaddr = options.ServerAddress(AF_INET, SERV_PORT);
        using Fd listenfd = Socket(servaddr.Family, SOCK_STREAM);
        Setsockopt(listenfd, SocketOptions.ReuseAddr, true);
        Bind(listenfd, servaddr);
        Listen(listenfd);
        Child.OnSigchld(Child.SigchldWaitpid);
        options.Ready(listenfd);

        while (true)
            Child.Start(Acceptor.Accept(listenfd), Str_echo);
    }

    static void Str_echo(Fd sockfd)
    {
        Span<byte> line = stackalloc byte[MAXLINE];
        int n;
        while ((n = Readline(sockfd, line)) > 0)
        {
            if (Sum.Scan(line[..n], out SumArgs args) == 2)
                Utf8.TryWrite(line, CultureInfo.InvariantCulture, $"{unchecked(args.arg1 + args.arg2)}\n", out n);
            else
                Utf8.TryWrite(line, CultureInfo.InvariantCulture, $"input error\n", out n);
            Writen(sockfd, line[..n]);
        }
    }
}
