namespace Unp.Samples.test;

/// <summary>Lines by the library's function, whose buffer is the descriptor's (figure 3.18).</summary>
static class treadline2
{
    public static void Main(string[] args, Options options)
    {
        byte[] line = new byte[MAXLINE];
        CountLines.Run(() => Readline(Fd.StandardInput, line));
    }
}
