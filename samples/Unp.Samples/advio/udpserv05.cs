namespace Unp.Samples.advio;

/// <summary>
/// UDP echo server that prints what came with each datagram: source, destination, interface, hop limit or TTL, and traffic class or type
/// of service (UNP 22.8). One socket serves IPv6 and IPv4. The reply leaves from the address to which the datagram was sent.
/// </summary>
static class udpserv05
{
    public static void Main(string[] args, ProgramOptions options)
    {
        SockAddr servaddr = options.ServerAddress(AF_INET6, SERV_PORT);
        using Fd sockfd = Socket(servaddr.Family, SOCK_DGRAM);
        foreach (SocketOption<bool> option in DatagramFacts.OptionsOf(servaddr.Family))
            Setsockopt(sockfd, option, true);
        if (servaddr.Family == AF_INET6)
            Setsockopt(sockfd, SocketOptions.Ipv6V6Only, false);
        Bind(sockfd, servaddr);
        options.Ready(sockfd);

        Span<byte> mesg = new byte[ushort.MaxValue];
        Span<byte> space = stackalloc byte[DatagramFacts.Space], reply = stackalloc byte[ControlSpace.PacketInfo];
        while (true)
        {
            ReceivedMessage message = Recvmsg(sockfd, mesg, control: space);
            Console.WriteLine($"{message.Length}-byte datagram from {Sock_ntop(message.Address)}, {DatagramFacts.Describe(message)}");

            var control = new ControlWriter(reply);
            if (message.TryGetPacketInfo(out PacketInfo info))
                control.AddPacketInfo(info.LocalAddress);
            try
            {
                Sendmsg(sockfd, mesg[..message.Length], to: message.Address, control: control.Written);
            }
            catch (UnpException failure)
            {
                Reply.Lost(message.Address, failure.Errno);
            }
        }
    }
}
