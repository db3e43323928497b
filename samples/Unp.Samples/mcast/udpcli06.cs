namespace Unp.Samples.mcast;

/// <summary>
/// udpcli05 with a socket that is bound to the group's address before it sends (UNP 21.8). On Linux the datagrams have the host's own
/// source address, so the socket receives no reply to it, but what others send to the group and its port.
/// </summary>
static class udpcli06
{
    public static void Main(string[] args, ProgramOptions options)
    {
        if (args.Length != 1)
            options.Usage("<IPaddress>");

        using Fd sockfd = options.Port is { } port
            ? Udp_client(args[0], port, out SockAddr serv)
            : Udp_client(args[0], "daytime", out serv);

        SockAddr cli = serv; // copy socket address struct
        Sock_set_port(ref cli, 0); // and set port to 0
        Bind(sockfd, cli);

        udpcli05.Dg_cli(Fd.StandardInput, sockfd, serv);
    }
}
