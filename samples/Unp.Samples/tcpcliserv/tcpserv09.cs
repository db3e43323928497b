using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Unp.Samples.tcpcliserv;

/// <summary>
/// TCP server that adds two numbers from a binary structure (figure 5.20). Both ends must have the same byte order and size of long.
/// </summary>
static class tcpserv09
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
        SumArgs args = default;
        while (Readn(sockfd, MemoryMarshal.AsBytes(new Span<SumArgs>(ref args))) == Unsafe.SizeOf<SumArgs>())
        {
            var result = new SumResult { sum = unchecked(args.arg1 + args.arg2) };
            Writen(sockfd, MemoryMarshal.AsBytes(new ReadOnlySpan<SumResult>(in result)));
        }
    }
}
