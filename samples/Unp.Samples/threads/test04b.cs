namespace Unp.Samples.threads;

/// <summary>
/// Many threads read a file with the library's <c>readline</c> (section 26.5). In C they share its one buffer, and soon a line is wrong; here the
/// buffer is the descriptor's, and no line ever is.
/// </summary>
static class test04b
{
    public static void Main(string[] args, Options options) => LineThreads.Run("test04b", args, options, Readline);
}
