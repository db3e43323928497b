using System.Globalization;
using System.Text;

namespace Unp.Samples;

/// <summary>What a web client of the book's fetches: a home page first, and then the files that it names, several at a time (section 16.5).</summary>
sealed class WebPages
{
    const int MAXFILES = 20;

    readonly string host;
    readonly string service;
    readonly string homePage;

    WebPages(string host, string service, string homePage, int mostConnections, string[] files)
    {
        this.host = host;
        this.service = service;
        this.homePage = homePage;
        MostConnections = mostConnections;
        Files = files;
    }

    /// <summary>How many connections there may be at a time.</summary>
    public int MostConnections { get; }

    /// <summary>The files behind the home page, the first 20 of them.</summary>
    public IReadOnlyList<string> Files { get; }

    /// <summary>Takes a client's arguments, and prints how many files they name.</summary>
    public static WebPages Of(string program, string[] args, Options options)
    {
        _ = int.TryParse(args.FirstOrDefault(), NumberStyles.None, CultureInfo.InvariantCulture, out int mostConnections);
        if (args.Length < 4 || mostConnections == 0)
            err_quit($"usage: {program} <#conns> <hostname> <homepage> <file1> ...");

        string[] files = args[3..Math.Min(args.Length, 3 + MAXFILES)];
        Console.WriteLine($"nfiles = {files.Length}");
        return new WebPages(args[1], $"{options.Port ?? 80}", args[2], mostConnections, files);
    }

    /// <summary>Reads the home page, in calls that block, and tells the address that gave it.</summary>
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
