using System.Globalization;
using System.Net;

namespace Unp.Samples.names;

/// <summary><see cref="daytimetcpcli1"/> that also accepts addresses and port numbers (exercise 11.4).</summary>
static class daytimetcpcli2
{
    public static void Main(string[] args, ProgramOptions options)
    {
        if (args.Length != 2)
            options.Usage("<hostname> <service>");

        Span<byte> recvline = stackalloc byte[MAXLINE];
        IPAddress[] addresses = Addresses(args[0]);
        int port = Port(args[1]);
        foreach (IPAddress address in addresses)
        {
            var servaddr = new SockAddr(address, port);
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

    static IPAddress[] Addresses(string host)
    {
        Span<byte> address = stackalloc byte[4];
        if (inet_pton(AF_INET, host, address) == 1)
            return [new IPAddress(address)];

        HostEnt? hp = gethostbyname(host, out int h_errno);
        if (hp is null)
            err_quit($"hostname error for {host}: {hstrerror(h_errno)}");
        return hp.Addresses;
    }

    static int Port(string service)
    {
        if (ushort.TryParse(service, NumberStyles.None, CultureInfo.InvariantCulture, out ushort port) && port > 0)
            return port;

        ServEnt? sp = getservbyname(service, "tcp");
        if (sp is null)
            err_quit($"getservbyname error for {service}");
        return sp.Port;
    }
}
