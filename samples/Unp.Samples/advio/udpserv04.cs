namespace Unp.Samples.advio;

/// <summary><see cref="udpserv03"/> for IPv4 or IPv6, depending on the host argument (UNP 22.6).</summary>
static class udpserv04
{
    public static void Main(string[] args, ProgramOptions options)
    {
        if (args.Length is not (1 or 2))
            options.Usage("[ <host> ] <service or port>");

        // The host selects only the family, and the service only the port.
        string? host = args.Length == 2 ? args[0] : null;
        SockAddr sa = Getaddrinfo(host, args[^1], socktype: SOCK_DGRAM, flags: AI_PASSIVE)[0].Address;
        Fd wildfd = udpserv03.Bind_all(SockAddr.Any(sa.Family, sa.Port));
        options.Ready(wildfd, args[^1]);
        Thread.Sleep(Timeout.Infinite);
    }
}
