using System.Runtime.InteropServices;

namespace Unp.Testing;

/// <summary>
/// The kqueue for <see cref="Unp.Net.KqueuePoller"/> on a system that has none: kqueue.c, unless UNP_KQUEUE_LIBRARY names another library.
/// </summary>
public static class TestKqueue
{
    public const string Variable = "UNP_KQUEUE_LIBRARY";

    static TestKqueue()
    {
        // Opened before any test, so that its own descriptors are not reported as a test's leak.
        string ours = Path.Combine(AppContext.BaseDirectory, "kqueue.so");
        if (string.IsNullOrEmpty(Environment.GetEnvironmentVariable(Variable)) && OperatingSystem.IsLinux() && File.Exists(ours))
            Environment.SetEnvironmentVariable(Variable, ours);
        if (Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } library)
            NativeLibrary.Load(library);
    }

    /// <summary>Whether the library exists.</summary>
    public static bool IsThere => Environment.GetEnvironmentVariable(Variable) is { Length: > 0 };

    /// <summary>The mechanisms of <see cref="Unp.Net.Poller"/> that this machine has.</summary>
    public static string[] Mechanisms => ["select", "poll", "epoll", .. IsThere ? (string[])["kqueue"] : []];
}
