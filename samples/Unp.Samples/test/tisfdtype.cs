namespace Unp.Samples.test;

/// <summary>Prints whether descriptors are sockets: three inherited ones and two that the program creates (UNP 3.10).</summary>
static class tisfdtype
{
    public static void Main(string[] args, ProgramOptions options)
    {
        Print("stdin", Fd.StandardInput);
        Print("stdout", Fd.StandardOutput);
        Print("stderr", Fd.StandardError);
        using Fd tcpsock = Socket(AF_INET, SOCK_STREAM);
        Print("TCP socket", tcpsock);
        using Fd udpsock = Socket(AF_INET, SOCK_DGRAM);
        Print("UDP socket", udpsock);
    }

    static void Print(string what, Fd fd) => Console.WriteLine($"{what}: {(Isfdtype(fd, S_IFSOCK) ? 1 : 0)}");
}
