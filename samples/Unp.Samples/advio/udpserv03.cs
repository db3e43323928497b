namespace Unp.Samples.advio;

/// <summary>
/// UDP echo server with one socket per IPv4 address of this host, so that it knows each datagram's destination (UNP 22.6).
/// </summary>
static class udpserv03
{
    public static void Main(string[] args, Options options)
    {
        SockAddr wildaddr = options.ServerAddress(AF_INET, SERV_PORT);
        AddressServer.Run(wildaddr, wildfd => options.Ready(wildfd));
    }
}
