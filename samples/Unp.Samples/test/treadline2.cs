namespace Unp.Samples.test;

/// <summary>Counts lines with the library's Readline, which keeps a buffer per descriptor (figure 3.18).</summary>
static class treadline2
{
    public static void Main(string[] args, ProgramOptions options)
    {
        byte[] line = new byte[MAXLINE];
        CountLines.Run(() => Readline(Fd.StandardInput, line));
    }
}
