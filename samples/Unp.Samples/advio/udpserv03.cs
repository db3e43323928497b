namespace Unp.Samples.advio;

/// <summary>UDP echo server with a socket for each IPv4 address of this host, so that it knows where a datagram was sent to (section 22.6).</summary>
static class udpserv03
{
    public static void Main(string[] args, Options options)
    {
        SockAddr wildaddr = options.ServerAddress(AF_INET, SERV_PORT);
        AddressServer.Run(wildaddr, wildfd => options.Ready(wildfd));
    }
}
