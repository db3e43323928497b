using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Unp.Net.Tests.Polling;

/// <summary>The kqueue for <see cref="KqueuePoller"/> on a system without: kqueue.c, unless UNP_KQUEUE_LIBRARY names another one.</summary>
static class KqueueLibrary
{
    public const string Variable = "UNP_KQUEUE_LIBRARY";

    /// <summary>Before any test: whatever it opens once is no test's leak.</summary>
    [ModuleInitializer]
    internal static void Load()
    {
        string ours = Path.Combine(AppContext.BaseDirectory, "kqueue.so");
        if (string.IsNullOrEmpty(Environment.GetEnvironmentVariable(Variable)) && OperatingSystem.IsLinux() && File.Exists(ours))
            Environment.SetEnvironmentVariable(Variable, ours);
        if (Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } library)
            NativeLibrary.Load(library);
    }
}
