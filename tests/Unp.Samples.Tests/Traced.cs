namespace Unp.Samples.Tests;

/// <summary>A program of ours under strace, which writes down its system calls and can make them fail or last.</summary>
static class Traced
{
    /// <summary>Starts it. The process is the program's own, not strace's.</summary>
    /// <param name="log">The file for the system calls.</param>
    /// <param name="expressions">Which system calls, and what becomes of them (strace's option <c>-e</c>).</param>
    /// <param name="arguments"><c>folder/program arguments</c>.</param>
    public static Peer Start(string log, string[] expressions, params string[] arguments)
    {
        using (Peer allowed = Peer.Start("strace", "-qq", "-o", "/dev/null", "true"))
            Assert.SkipUnless(allowed.WaitForExit() == 0, $"strace may not trace here: {allowed.ReadErrorToEnd()}");

        IEnumerable<string> options = expressions.SelectMany(expression => (string[])["-e", expression]);
        return Peer.Start("strace", ["-D", "-f", "-qq", "-o", log, .. options, Path.Combine(AppContext.BaseDirectory, "unp"), .. arguments]);
    }
}
