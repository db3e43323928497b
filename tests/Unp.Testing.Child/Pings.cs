using System.Runtime.InteropServices;

namespace Unp.Testing.Child;

/// <summary>A program that gives up its rights after it has created a raw socket, and pings its own host.</summary>
static class Pings
{
    const int ICMP_ECHO = 8, ICMP_ECHOREPLY = 0, IpHeader = 20, NoOne = 65534;

    public static void WithoutRights()
    {
        using Fd raw = Socket(AF_INET, SOCK_RAW, IPPROTO_ICMP);
        Console.WriteLine($"raw: {Ping(raw, IpHeader)}");
        if (setuid(NoOne) < 0)
            err_sys("setuid error");
        Console.WriteLine($"user {getuid()}");
        Console.WriteLine($"raw: {Ping(raw, IpHeader)}");
        try
        {
            using Fd another = Socket(AF_INET, SOCK_RAW, IPPROTO_ICMP);
        }
        catch (UnpException e)
        {
            Console.WriteLine($"another raw: {e.Errno.Name}");
        }
        using Fd datagram = Socket(AF_INET, SOCK_DGRAM, IPPROTO_ICMP);
        Console.WriteLine($"datagram: {Ping(datagram, 0)}");
    }

    /// <summary>Sends an echo request to loopback, and waits for its reply.</summary>
    static string Ping(Fd fd, int header)
    {
        Setsockopt(fd, SocketOptions.RcvTimeo, TimeSpan.FromSeconds(30));
        byte[] request = [ICMP_ECHO, 0, 0, 0, 0x12, 0x34, 0, 1];
        MemoryMarshal.Write(request.AsSpan(2), In_cksum(request));
        Sendto(fd, request, 0, SockAddr.Loopback(AF_INET));
        byte[] received = new byte[100];
        int n;
        do
        {
            n = Recvfrom(fd, received, 0, out _);
        }
        while (n < header + request.Length || received[header] != ICMP_ECHOREPLY); // a raw socket also gets the request
        return "reply";
    }
}
