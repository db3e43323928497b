namespace Unp.Samples.Tests;

/// <summary>Starts a sample under strace, which logs its system calls and can make them fail or delay.</summary>
static class Traced
{
    /// <summary>Starts a sample under strace. The returned process is the sample, not strace.</summary>
    /// <param name="log">The log file of the system calls.</param>
    /// <param name="expressions">The system calls to log and their faults (strace's option <c>-e</c>).</param>
    /// <param name="arguments"><c>folder/program arguments</c>.</param>
    public static Peer Start(string log, string[] expressions, params string[] arguments)
    {
        using (Peer allowed = Peer.Start("strace", "-qq", "-o", "/dev/null", "true"))
            Assert.SkipUnless(allowed.WaitForExit() == 0, $"strace may not trace here: {allowed.ReadErrorToEnd()}");

        IEnumerable<string> options = expressions.SelectMany(expression => (string[])["-e", expression]);
        return Peer.Start("strace", ["-D", "-f", "-qq", "-o", log, .. options, UnpProcess.Executable, .. arguments]);
    }
}
