namespace Unp.Samples.test;

/// <summary>Counts lines with a LineReader object, which replaces the book's re-entrant <c>readline_r</c> (UNP 3.9).</summary>
static class treadline3
{
    public static void Main(string[] args, ProgramOptions options)
    {
        LineReader reader = LineReader.For(Fd.StandardInput);
        CountLines.Run(() => reader.ReadLine().Length);
    }
}
