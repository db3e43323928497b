using System.Runtime.InteropServices;

namespace Unp.Net.Abi;

/// <summary>
/// The system this process runs on, and the one place where a constant's column is chosen.
/// Every property here is a constant to the JIT, so that <c>SO_REUSEADDR</c> compiles to a literal.
/// The ABI tests compile this folder with a Target of their own, which they can set to each system in turn.
/// </summary>
static class Target
{
    internal static bool IsLinux => OperatingSystem.IsLinux();

    internal static bool IsMacOS => OperatingSystem.IsMacOS();

    internal static bool IsArm64 => RuntimeInformation.ProcessArchitecture == Architecture.Arm64;

    internal static string Name => IsLinux ? "Linux" : IsMacOS ? "macOS" : "FreeBSD";
}
