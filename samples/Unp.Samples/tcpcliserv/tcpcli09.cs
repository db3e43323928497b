using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Unp.Samples.tcpcliserv;

/// <summary>TCP client for <see cref="tcpserv09"/>, which adds two numbers that are sent as binary structures (figure 5.19).</summary>
static class tcpcli09
{
    public static void Main(string[] args, ProgramOptions options)
    {
        if (args.Length != 1)
            options.Usage("<IPaddress>");

        SockAddr servaddr = SockAddr.Inet(args[0], options.Port ?? SERV_PORT);
        using Fd sockfd = Socket(servaddr.Family, SOCK_STREAM);
        Connect(sockfd, servaddr);

        Span<byte> sendline = stackalloc byte[MAXLINE];
        int n;
        while ((n = Readline(Fd.StandardInput, sendline)) > 0)
        {
            if (Sum.Scan(sendline[..n], out SumArgs request) != 2)
            {
                Write(Fd.StandardOutput, "invalid input: "u8);
                Write(Fd.StandardOutput, sendline[..n]);
                continue;
            }
            Writen(sockfd, MemoryMarshal.AsBytes(new ReadOnlySpan<SumArgs>(in request)));

            SumResult result = default;
            if (Readn(sockfd, MemoryMarshal.AsBytes(new Span<SumResult>(ref result))) < Unsafe.SizeOf<SumResult>())
                err_quit("str_cli: server terminated prematurely");
            Console.WriteLine(result.sum);
        }
    }
}
