using Unp.Net;
using Xunit;

namespace Unp.Testing;

/// <summary>
/// Runs a program that can be prevented from starting threads (RLIMIT_NPROC). The limit does not bind root, so root starts the program as
/// another user.
/// </summary>
public static class ThreadLimit
{
    /// <summary>An otherwise unused user, so that only the program's threads count.</summary>
    const int User = 64_321;

    static bool IsRoot => Libc.geteuid() == 0;

    /// <summary>Starts a program for which <see cref="Forbid"/> works. Skips the test if that is not possible.</summary>
    public static Peer Start(string program, params string[] arguments)
    {
        Peer.Require("prlimit");
        if (!IsRoot)
            return Peer.Start(program, arguments);
        using (Peer allowed = AsUser("test", "-x", program))
            Assert.SkipUnless(allowed.Finish().Status == 0, $"{program} cannot be run by another user");
        return AsUser([program, .. arguments]);
    }

    /// <summary>Prevents the program from starting threads.</summary>
    public static void Forbid(Peer program) => Set(program, "1:");

    /// <summary>Lets the program start threads again.</summary>
    public static void Allow(Peer program)
    {
        IEnumerable<string> limits = File.ReadLines($"/proc/{program.Id}/limits");
        string processes = limits.Single(line => line.StartsWith("Max processes", StringComparison.Ordinal));
        string hard = processes.Split(' ', StringSplitOptions.RemoveEmptyEntries)[3];
        Set(program, $"{hard}:");
    }

    static void Set(Peer program, string soft)
    {
        string[] command = ["prlimit", "--pid", $"{program.Id}", $"--nproc={soft}"];
        using Peer prlimit = IsRoot ? AsUser(command) : Peer.Start(command[0], command[1..]);
        Outcome outcome = prlimit.Finish();
        Assert.True(outcome.Status == 0, outcome.Error);
    }

    static Peer AsUser(params string[] command) =>
        Peer.Start("setpriv", [$"--reuid={User}", $"--regid={User}", "--clear-groups", "--", .. command]);
}
