using System.Globalization;
using System.Text;

namespace Unp.Samples.nonblock;

/// <summary>
/// Fetches a home page and then its files from a web server, several at a time: their connects do not block, and select waits for all of them
/// (section 16.5).
/// </summary>
static class web
{
    const int MAXFILES = 20;

    public static void Main(string[] args, Options options)
    {
        _ = int.TryParse(args.FirstOrDefault(), NumberStyles.None, CultureInfo.InvariantCulture, out int maxnconn);
        if (args.Length < 4 || maxnconn == 0)
            err_quit("usage: web <#conns> <hostname> <homepage> <file1> ...");

        string[] names = args[3..Math.Min(args.Length, 3 + MAXFILES)];
        Console.WriteLine($"nfiles = {names.Length}");
        SockAddr servaddr = Home_page(args[1], $"{options.Port ?? 80}", args[2]);

        var waiting = new Queue<string>(names);
        var files = new List<WebFile>(); // those with a connection
        bool failed = false;
        while (waiting.Count + files.Count > 0)
        {
            while (files.Count < maxnconn && waiting.TryDequeue(out string? name))
                files.Add(new WebFile(name, servaddr));

            FdSet rset = default;
            FdSet wset = default;
            foreach (WebFile file in files)
                file.WaitIn(ref rset, ref wset);
            Select(Math.Max(rset.Maxfdp1, wset.Maxfdp1), ref rset, ref wset);

            foreach (WebFile file in files)
                file.GoOn(rset, wset);
            foreach (WebFile file in files.Where(file => file.IsDone))
            {
                failed |= file.HasFailed;
                file.Dispose();
            }
            files.RemoveAll(file => file.IsDone);
        }
        if (failed)
            err_quit("not all files were read");
    }

    /// <summary>Reads the home page, in calls that block, and tells the address that gave it.</summary>
    static SockAddr Home_page(string host, string service, string name)
    {
        using Fd fd = Tcp_connect(host, service);
        SockAddr servaddr = Getpeername(fd);
        Writen(fd, GetCommand(name));

        Span<byte> line = stackalloc byte[MAXLINE];
        int n;
        while ((n = Read(fd, line)) > 0)
            Console.WriteLine($"read {n} bytes of home page");
        Console.WriteLine("end-of-file on home page");
        return servaddr;
    }

    public static byte[] GetCommand(string name) => Encoding.UTF8.GetBytes($"GET {name} HTTP/1.0\r\n\r\n");
}
