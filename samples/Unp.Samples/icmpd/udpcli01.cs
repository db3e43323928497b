using Unp.Samples.unixdomain;

namespace Unp.Samples.icmpd;

/// <summary>
/// UDP client that learns of ICMP errors from <see cref="icmpd"/>, although its socket is not connected (figure 28.27, UNP 28.7). It sends
/// each line, and waits 5 seconds for a reply or an error.
/// </summary>
static class udpcli01
{
    static readonly TimeSpan ReplyTimeout = TimeSpan.FromSeconds(5);

    public static void Main(string[] args, ProgramOptions options)
    {
        if (args.Length != 2)
            options.Usage("<hostname> <service>");

        using Fd sockfd = Udp_client(args[0], args[1], out SockAddr servaddr);
        Sock_bind_wild(sockfd, servaddr.Family); // the daemon must know the port

        using Fd icmpfd = Socket(AF_UNIX, SOCK_STREAM);
        Connect(icmpfd, SockAddr.Unix(UnixPath.Of(options, IcmpdError.ICMPD_PATH)));
        Write_fd(icmpfd, "1"u8, sockfd);
        Span<byte> answer = stackalloc byte[1];
        int n = Read(icmpfd, answer);
        if (n != 1 || answer[0] != '1')
            err_quit($"error creating icmp socket, n = {n}, char = {(char)answer[0]}");

        dg_cli(Fd.StandardInput, sockfd, servaddr, icmpfd);
    }

    static void dg_cli(Fd fp, Fd sockfd, SockAddr servaddr, Fd icmpfd)
    {
        Span<byte> line = stackalloc byte[MAXLINE];
        Span<byte> record = stackalloc byte[IcmpdError.Size];
        FdSet rset = default;
        int n;
        while ((n = Readline(fp, line)) > 0)
        {
            Sendto(sockfd, line[..n], 0, servaddr);

            rset.Zero();
            rset.Set(sockfd);
            rset.Set(icmpfd);
            if (Select(rset.Maxfdp1, ref rset, ReplyTimeout) == 0)
            {
                err_msg("socket timeout");
                continue;
            }

            if (rset.IsSet(sockfd))
            {
                n = Recvfrom(sockfd, line, 0, out _);
                Write(Fd.StandardOutput, line[..n]);
            }

            if (rset.IsSet(icmpfd))
            {
                n = Readn(icmpfd, record);
                if (n == 0)
                    err_quit("ICMP daemon terminated");
                if (n != record.Length)
                    err_quit($"n = {n}, expected {record.Length}");
                IcmpdError error = IcmpdError.Read(record);
                Console.WriteLine(
                    $"ICMP error: dest = {Sock_ntop(error.Destination)}, {error.Errno.Message}, type = {error.Type}, code = {error.Code}");
            }
        }
    }
}
