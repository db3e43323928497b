using System.Globalization;
using System.Text;

namespace Unp.Samples;

/// <summary>The arguments of a web client: a home page, which is fetched first, and files, several at a time (UNP 16.5).</summary>
sealed class WebPages
{
    const int MAXFILES = 20;

    readonly string host;
    readonly string service;
    readonly string homePage;

    WebPages(string host, string service, string homePage, int maxConnections, string[] files)
    {
        this.host = host;
        this.service = service;
        this.homePage = homePage;
        MaxConnections = maxConnections;
        Files = files;
    }

    /// <summary>Gets the number of connections that may exist at a time.</summary>
    public int MaxConnections { get; }

    /// <summary>Gets the files after the home page, at most 20.</summary>
    public IReadOnlyList<string> Files { get; }

    /// <summary>Parses a client's arguments and prints the number of files.</summary>
    public static WebPages Of(string[] args, ProgramOptions options)
    {
        _ = int.TryParse(args.FirstOrDefault(), NumberStyles.None, CultureInfo.InvariantCulture, out int maxConnections);
        if (args.Length < 4 || maxConnections == 0)
            options.Usage("<#conns> <hostname> <homepage> <file1> ...");

        string[] files = args[3..Math.Min(args.Length, 3 + MAXFILES)];
        Console.WriteLine($"nfiles = {files.Length}");
        return new WebPages(args[1], $"{options.Port ?? 80}", args[2], maxConnections, files);
    }

    /// <summary>Reads the home page with blocking calls and returns the server's address.</summary>
    public SockAddr Home_page()
    {
        using Fd fd = Tcp_connect(host, service);
        SockAddr servaddr = Getpeername(fd);
        Writen(fd, GetCommand(homePage));

        Span<byte> line = stackalloc byte[MAXLINE];
        int n;
        while ((n = Read(fd, line)) > 0)
            Console.WriteLine($"read {n} bytes of home page");
        Console.WriteLine("end-of-file on home page");
        return servaddr;
    }

    public static byte[] GetCommand(string name) => Encoding.UTF8.GetBytes($"GET {name} HTTP/1.0\r\n\r\n");
}
