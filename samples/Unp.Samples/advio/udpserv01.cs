using System.Text;

namespace Unp.Samples.advio;

/// <summary>
/// UDP echo server that prints the source, destination and interface of each datagram and what was truncated (figure 22.4).
/// </summary>
static class udpserv01
{
    const int MAXLINE = 20; // small, to show truncated datagrams

    public static void Main(string[] args, ProgramOptions options)
    {
        SockAddr servaddr = options.ServerAddress(AF_INET, SERV_PORT);
        using Fd sockfd = Socket(servaddr.Family, SOCK_DGRAM);
        UdpSocket.ReportDestinations(sockfd, servaddr.Family);
        Bind(sockfd, servaddr);
        options.Ready(sockfd);

        Span<byte> mesg = stackalloc byte[MAXLINE];
        while (true)
        {
            int flags = 0;
            int n = Recvfrom_flags(sockfd, mesg, ref flags, out SockAddr cliaddr, out PacketInfo pktinfo);
            Console.WriteLine($"{n}-byte datagram from {Sock_ntop(cliaddr)}{Describe(pktinfo, flags)}");
            Reply.Send(sockfd, mesg[..n], cliaddr);
        }
    }

    static string Describe(PacketInfo pktinfo, int flags)
    {
        var text = new StringBuilder();
        if (pktinfo.Family != AF_UNSPEC)
            text.Append($", to {pktinfo.Destination.Address}");
        if (pktinfo.InterfaceIndex > 0)
            text.Append($", recv i/f = {If_indextoname((uint)pktinfo.InterfaceIndex)}");
        if ((flags & MSG_TRUNC) != 0)
            text.Append(" (datagram truncated)");
        if ((flags & MSG_CTRUNC) != 0)
            text.Append(" (control info truncated)");
        return text.ToString();
    }
}
