using System.Runtime.InteropServices;
using System.Runtime.Versioning;

#pragma warning disable RS0030 // the rest of the project must use this class

namespace Unp.Net.Abi;

/// <summary>
/// The system of this process. Only this class determines a constant's column.
/// Each property is a constant for the JIT, so <c>SO_REUSEADDR</c> compiles to a literal.
/// The ABI tests compile this folder with their own Target, which they can set to each system.
/// </summary>
static class Target
{
    [SupportedOSPlatformGuard("linux")]
    internal static bool IsLinux => OperatingSystem.IsLinux();

    [SupportedOSPlatformGuard("macos")]
    internal static bool IsMacOS => OperatingSystem.IsMacOS();

    [SupportedOSPlatformGuard("freebsd")]
    internal static bool IsFreeBSD => OperatingSystem.IsFreeBSD();

    internal static bool IsArm64 => RuntimeInformation.ProcessArchitecture == Architecture.Arm64;

    internal static string Name => IsLinux ? "Linux" : IsMacOS ? "macOS" : "FreeBSD";
}
