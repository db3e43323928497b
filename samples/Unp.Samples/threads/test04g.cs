namespace Unp.Samples.threads;

/// <summary><see cref="test04b"/> with the <c>readline</c> that has one buffer per thread (UNP 26.5).</summary>
static class test04g
{
    public static void Main(string[] args, ProgramOptions options) => LineThreads.Run(args, options, Rline.Readline);
}
