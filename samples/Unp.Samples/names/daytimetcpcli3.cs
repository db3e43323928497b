using System.Net;

namespace Unp.Samples.names;

/// <summary><see cref="daytimetcpcli1"/> for hosts with IPv4 or IPv6 addresses (exercise 11.5).</summary>
static class daytimetcpcli3
{
    public static void Main(string[] args, ProgramOptions options)
    {
        if (args.Length != 2)
            options.Usage("<hostname> <service>");

        // Unlike when the book was written, gethostbyname(3) no longer returns IPv6 addresses.
        HostEnt? hp = gethostbyname(args[0], out int h_errno) ?? gethostbyname2(args[0], AF_INET6, out _);
        if (hp is null)
            err_quit($"hostname error for {args[0]}: {hstrerror(h_errno)}");

        ServEnt? sp = getservbyname(args[1], "tcp");
        if (sp is null)
            err_quit($"getservbyname error for {args[1]}");

        Span<byte> recvline = stackalloc byte[MAXLINE];
        foreach (IPAddress address in hp.Addresses)
        {
            SockAddr servaddr = SockAddr.Any(hp.AddressFamily);
            Sock_set_port(ref servaddr, htons((ushort)sp.Port));
            Sock_set_addr(ref servaddr, address.GetAddressBytes());
            using Fd sockfd = Socket(hp.AddressFamily, SOCK_STREAM);
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
