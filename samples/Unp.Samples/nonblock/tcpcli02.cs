using System.CommandLine;

namespace Unp.Samples.nonblock;

/// <summary>
/// TCP echo client that blocks only in select(2) (figures 16.3, 16.4 and 16.5). Input, output and socket are nonblocking. One buffer per
/// direction holds data that cannot be written yet.
/// </summary>
static class tcpcli02
{
    public static readonly Option<bool> Trace = new("--trace")
    {
        Description = "print each read and write on standard error with its time (UNP 16.2)",
    };

    public static void Main(string[] args, ProgramOptions options)
    {
        if (args.Length != 1)
            options.Usage("<IPaddress>");

        SockAddr servaddr = SockAddr.Inet(args[0], options.Port ?? 7);
        using Fd sockfd = Socket(servaddr.Family, SOCK_STREAM);
        Connect(sockfd, servaddr);

        // The shell shares the input and output, so their modes are restored. The last one is restored first, because both may be one
        // terminal.
        SetNonBlocking(sockfd);
        bool input = SetNonBlocking(Fd.StandardInput);
        bool output = SetNonBlocking(Fd.StandardOutput);
        try
        {
            Str_cli(Fd.StandardInput, sockfd, Fd.StandardOutput, options.Value(Trace));
        }
        finally
        {
            SetNonBlocking(Fd.StandardOutput, output);
            SetNonBlocking(Fd.StandardInput, input);
        }
    }

    static void Str_cli(Fd input, Fd sockfd, Fd output, bool traces)
    {
        var to = new TransferBuffer(traces);
        var fr = new TransferBuffer(traces);
        bool ended = false;
        FdSet rset = default;
        FdSet wset = default;
        while (!fr.IsOver || fr.HasData)
        {
            rset.Zero();
            wset.Zero();
            if (to.HasRoom && !fr.IsOver)
                rset.Set(input);
            if (fr.HasRoom)
                rset.Set(sockfd);
            if (to.HasData && !fr.IsOver)
                wset.Set(sockfd);
            if (fr.HasData)
                wset.Set(output);
            Select(Math.Max(rset.Maxfdp1, wset.Maxfdp1), ref rset, ref wset);

            // Data that was just read is written without another select, because there is usually room.
            if (rset.IsSet(input))
            {
                to.ReadFrom(input, "stdin");
                wset.Set(sockfd);
            }
            if (rset.IsSet(sockfd))
            {
                fr.ReadFrom(sockfd, "socket");
                wset.Set(output);
            }
            if (wset.IsSet(output) && fr.HasData)
                fr.WriteTo(output, "stdout");
            if (wset.IsSet(sockfd) && to.HasData)
                to.WriteTo(sockfd, "socket");

            if (to.IsOver && !to.HasData && !ended)
            {
                Shutdown(sockfd, SHUT_WR);
                ended = true;
            }
        }
        if (!to.IsOver)
            err_quit("str_cli: server terminated prematurely");
    }
}
