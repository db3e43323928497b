using System.Net;

namespace Unp.Samples.names;

/// <summary>Daytime client with gethostbyname and getservbyname (figure 11.4).</summary>
static class daytimetcpcli1
{
    public static void Main(string[] args, ProgramOptions options)
    {
        if (args.Length != 2)
            options.Usage("<hostname> <service>");

        HostEnt? hp = gethostbyname(args[0], out int h_errno);
        if (hp is null)
            err_quit($"hostname error for {args[0]}: {hstrerror(h_errno)}");

        ServEnt? sp = getservbyname(args[1], "tcp");
        if (sp is null)
            err_quit($"getservbyname error for {args[1]}");

        Span<byte> recvline = stackalloc byte[MAXLINE];
        foreach (IPAddress address in hp.Addresses)
        {
            var servaddr = new SockAddr(address, sp.Port);
            using Fd sockfd = Socket(AF_INET, SOCK_STREAM);
            Console.WriteLine($"trying {Sock_ntop(servaddr)}");
            if (connect(sockfd, servaddr) < 0)
            {
                err_ret("connect error");
                continue;
            }

            int n;
            while ((n = Read(sockfd, recvline)) > 0)
                Write(Fd.StandardOutput, recvline[..n]);
            return;
        }
        err_quit("unable to connect");
    }
}
