namespace Unp.Samples.threads;

/// <summary>
/// Many threads read a file with the library's <c>readline</c> (UNP 26.5). In C they share one buffer, which soon corrupts a line. Here the
/// buffer belongs to the descriptor, so every line is correct.
/// </summary>
static class test04b
{
    public static void Main(string[] args, ProgramOptions options) => LineThreads.Run(args, options, Readline);
}
