namespace Unp.Samples.test;

/// <summary>Lines by an object that the caller holds, and which shows them in its buffer: what the book's re-entrant <c>readline_r</c> has become (section 3.9).</summary>
static class treadline3
{
    public static void Main(string[] args, Options options)
    {
        LineReader reader = LineReader.For(Fd.StandardInput);
        CountLines.Run(() => reader.ReadLine().Length);
    }
}
