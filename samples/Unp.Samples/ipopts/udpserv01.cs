namespace Unp.Samples.ipopts;

/// <summary>
/// UDP echo server for IPv6 that prints the routing header of each datagram and replies along the reversed route (UNP 27.6). On Linux a
/// host drops datagrams with a segment routing header unless <c>net.ipv6.conf.*.seg6_enabled</c> is 1.
/// </summary>
static class udpserv01
{
    const int MaxHeader = 2048;

    public static void Main(string[] args, ProgramOptions options)
    {
        SockAddr servaddr = options.ServerAddress(AF_INET6, SERV_PORT);
        using Fd sockfd = Socket(servaddr.Family, SOCK_DGRAM);
        Bind(sockfd, servaddr);
        Setsockopt(sockfd, SocketOptions.Ipv6RecvRthdr, true);
        options.Ready(sockfd);

        Span<byte> mesg = new byte[MAXLINE], control = new byte[ControlSpace.Of(MaxHeader)], reverse = new byte[MaxHeader];
        while (true)
        {
            ReceivedMessage received = Recvmsg(sockfd, mesg, 0, control);
            int len = 0;
            foreach (ControlMessage cmsg in received.Control)
            {
                // A header that cannot be reversed, of an unknown type for example, is ignored.
                if (cmsg.Level == IPPROTO_IPV6 && cmsg.Type == IPV6_RTHDR && inet6_rth_reverse(cmsg.Data, reverse) == 0)
                {
                    inet6_srcrt_print(cmsg.Data);
                    len = Inet6_rth_space(reverse[2], Inet6_rth_segments(reverse));
                }
            }

            // Linux takes the header from the socket only, other systems also from the control data of Sendmsg.
            try
            {
                Setsockopt(sockfd, SocketOptions.Ipv6Rthdr, reverse[..len].ToArray());
                Reply.Send(sockfd, mesg[..received.Length], received.Address);
            }
            catch (UnpException e)
            {
                Reply.Lost(received.Address, e.Errno); // a route that the kernel refuses affects only its client
            }
        }
    }
}
