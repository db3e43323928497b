using System.Runtime.InteropServices;
using Xunit;

namespace Unp.Net.AbiTests;

/// <summary>
/// Tests SIGRTMIN and SIGRTMAX. In C these are function calls that return the first and last real-time signal for programs.
/// </summary>
public partial class RealTimeSignalTests
{
    [Fact]
    public void C_library_agrees()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() && !RuntimeInformation.RuntimeIdentifier.Contains("musl"), "glibc only");
        var table = AbiTable.Of(new(UnixSystem.Linux, RuntimeInformation.ProcessArchitecture));
        Assert.Equal(__libc_current_sigrtmin(), ValueOf("SIGRTMIN"));
        Assert.Equal(__libc_current_sigrtmax(), ValueOf("SIGRTMAX"));

        long? ValueOf(string name) => table.Constants.Single(c => c.Name == name).Value;
    }

    [LibraryImport("libc")]
    private static partial int __libc_current_sigrtmin();

    [LibraryImport("libc")]
    private static partial int __libc_current_sigrtmax();
}
