namespace Unp.Samples.test;

/// <summary>Counts lines with one read per byte, which is painfully slow (figure 3.17).</summary>
static class treadline1
{
    public static void Main(string[] args, ProgramOptions options)
    {
        byte[] line = new byte[MAXLINE];
        CountLines.Run(() => Slow_readline(Fd.StandardInput, line));
    }

    static int Slow_readline(Fd fd, Span<byte> line)
    {
        int n = 0;
        while (n < line.Length && Read(fd, line.Slice(n, 1)) == 1)
        {
            if (line[n++] == (byte)'\n')
                break;
        }
        return n;
    }
}
