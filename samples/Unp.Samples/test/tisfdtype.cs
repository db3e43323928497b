namespace Unp.Samples.test;

/// <summary>Whether descriptors are sockets: three of a process that was given them, and two that it has made (beside section 3.10).</summary>
static class tisfdtype
{
    public static void Main(string[] args, Options options)
    {
        using Fd sockfd = Socket(AF_INET, SOCK_DGRAM);
        using Fd file = Open("/dev/null", O_RDONLY);
        Print("standard input", Fd.StandardInput);
        Print("standard output", Fd.StandardOutput);
        Print("standard error", Fd.StandardError);
        Print("UDP socket", sockfd);
        Print("/dev/null", file);
    }

    static void Print(string what, Fd fd) => Console.WriteLine($"{what}: {(Isfdtype(fd, S_IFSOCK) ? "a socket" : "no socket")}");
}
