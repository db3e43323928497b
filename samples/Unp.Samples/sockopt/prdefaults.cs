namespace Unp.Samples.sockopt;

/// <summary>Prints the default buffer sizes and low-water marks of TCP and UDP (exercise 7.1).</summary>
static class prdefaults
{
    public static void Main(string[] args, ProgramOptions options)
    {
        using Fd tcpsock = Socket(AF_INET, SOCK_STREAM);
        Print(tcpsock, "tcp");
        using Fd udpsock = Socket(AF_INET, SOCK_DGRAM);
        Print(udpsock, "udp");
    }

    static void Print(Fd fd, string name)
    {
        Console.WriteLine($"{name} send buffer size = {Getsockopt(fd, SocketOptions.SndBuf)}");
        Console.WriteLine($"{name} recv buffer size = {Getsockopt(fd, SocketOptions.RcvBuf)}");
        Console.WriteLine($"{name} send low-water mark = {Getsockopt(fd, SocketOptions.SndLowat)}");
        Console.WriteLine($"{name} receive low-water mark size = {Getsockopt(fd, SocketOptions.RcvLowat)}");
    }
}
