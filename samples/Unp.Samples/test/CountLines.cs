namespace Unp.Samples.test;

/// <summary>A benchmark of line readers: counts the lines of standard input, and time(1) shows the duration.</summary>
static class CountLines
{
    public static void Run(Func<int> readline)
    {
        int lines = 0;
        while (readline() > 0)
            lines++;
        Console.WriteLine($"{lines} lines");
    }
}
