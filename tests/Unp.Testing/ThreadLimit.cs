using Unp.Net;
using Xunit;

namespace Unp.Testing;

/// <summary>
/// A program that can be made unable to start a thread (RLIMIT_NPROC). The limit does not bind root, so root starts the program as another
/// user.
/// </summary>
public static class ThreadLimit
{
    /// <summary>A user that nobody has, so that only the program counts.</summary>
    const int User = 64_321;

    static bool IsRoot => Libc.geteuid() == 0;

    /// <summary>Starts a program that <see cref="Forbid"/> works on. Skips the test where that is not possible.</summary>
    public static Peer Start(string program, params string[] arguments)
    {
        Peer.Require("prlimit");
        if (!IsRoot)
            return Peer.Start(program, arguments);
        using (Peer allowed = AsUser("test", "-x", program))
            Assert.SkipUnless(allowed.Finish().Status == 0, $"{program} cannot be run by another user");
        return AsUser([program, .. arguments]);
    }

    /// <summary>From now on the program cannot start a thread.</summary>
    public static void Forbid(Peer program) => Set(program, "1:");

    /// <summary>From now on the program can start threads again.</summary>
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
