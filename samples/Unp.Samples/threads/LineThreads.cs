using System.CommandLine;

namespace Unp.Samples.threads;

/// <summary>A function that reads a line: the library's, or <see cref="Rline.Readline"/>.</summary>
delegate int LineFunction(Fd fd, Span<byte> line);

/// <summary>Many threads that read one file line by line, each with its own descriptor, and check every line.</summary>
static class LineThreads
{
    public static readonly Option<int?> Times = NumberOption.Create(
        "--times", "n", "How often each thread reads the file. The default is 0, indefinitely, as in the book.", 0, int.MaxValue,
        "the number must be between 0 and 2147483647");

    public static void Run(string[] args, ProgramOptions options, LineFunction readline)
    {
        int nthreads = args.Length == 2 ? ProgramOptions.Number(args[1]) : 0;
        if (nthreads == 0)
            options.Usage("<file> <#threads>");

        byte[] expected = All(args[0]);
        int times = options.Value(Times) ?? 0;
        var threads = new Thread[nthreads];
        for (int i = 0; i < nthreads; i++)
        {
            int number = i;
            threads[i] = ProgramThread.Start(() =>
            {
                for (int time = 1; time <= times || times == 0; time++)
                    Compare(args[0], expected, readline, number);
            });
        }
        foreach (Thread thread in threads)
            thread.Join();
        Console.WriteLine($"{nthreads} threads read {times} times each, and every line was correct");
    }

    static void Compare(string path, ReadOnlySpan<byte> expected, LineFunction readline, int thread)
    {
        using Fd fd = Open(path, O_RDONLY);
        Span<byte> line = stackalloc byte[MAXLINE];
        int n;
        for (int number = 1; (n = readline(fd, line)) > 0; number++)
        {
            if (!expected.StartsWith(line[..n]))
                err_quit($"thread {thread}: line {number} differs from the file");
            expected = expected[n..];
        }
        if (!expected.IsEmpty)
            err_quit($"thread {thread}: the last {expected.Length} bytes are missing");
    }

    static byte[] All(string path)
    {
        using Fd fd = Open(path, O_RDONLY);
        var all = new MemoryStream();
        Span<byte> buf = stackalloc byte[MAXLINE];
        int n;
        while ((n = Read(fd, buf)) > 0)
            all.Write(buf[..n]);
        return all.ToArray();
    }
}
