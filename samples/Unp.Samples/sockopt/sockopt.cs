namespace Unp.Samples.sockopt;

/// <summary>Prints TCP's segment size, then sets and prints the send buffer size (UNP 7.2).</summary>
static class sockopt
{
    public static void Main(string[] args, ProgramOptions options)
    {
        using Fd sockfd = Socket(AF_INET, SOCK_STREAM);
        Console.WriteLine($"TCP mss = {Getsockopt(sockfd, SocketOptions.TcpMaxSeg)}");
        Setsockopt(sockfd, SocketOptions.SndBuf, 65536);
        Console.WriteLine($"send buffer size = {Getsockopt(sockfd, SocketOptions.SndBuf)}");
    }
}
