namespace Unp.Samples.test;

/// <summary>How fast a way to read lines is: counts those of standard input. <c>time(1)</c> prints how long that took.</summary>
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
