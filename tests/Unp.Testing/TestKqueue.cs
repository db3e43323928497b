using System.Runtime.InteropServices;

namespace Unp.Testing;

/// <summary>
/// The kqueue for <see cref="Unp.Net.KqueuePoller"/> on a system without: kqueue.c, unless UNP_KQUEUE_LIBRARY names another one.
/// </summary>
public static class TestKqueue
{
    public const string Variable = "UNP_KQUEUE_LIBRARY";

    static TestKqueue()
    {
        // Before any test: whatever it opens once is no test's leak.
        string ours = Path.Combine(AppContext.BaseDirectory, "kqueue.so");
        if (string.IsNullOrEmpty(Environment.GetEnvironmentVariable(Variable)) && OperatingSystem.IsLinux() && File.Exists(ours))
            Environment.SetEnvironmentVariable(Variable, ours);
        if (Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } library)
            NativeLibrary.Load(library);
    }

    /// <summary>Whether there is one, by that variable.</summary>
    public static bool IsThere => Environment.GetEnvironmentVariable(Variable) is { Length: > 0 };

    /// <summary>The mechanisms of <see cref="Unp.Net.Poller"/> that the machine has.</summary>
    public static string[] Mechanisms => ["select", "poll", "epoll", .. IsThere ? (string[])["kqueue"] : []];
}
