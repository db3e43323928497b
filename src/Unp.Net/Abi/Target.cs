using System.Runtime.InteropServices;

namespace Unp.Net.Abi;

/// <summary>
/// The system of this process. Only this class determines a constant's column.
/// Each property is a constant for the JIT, so <c>SO_REUSEADDR</c> compiles to a literal.
/// The ABI tests compile this folder with their own Target, which they can set to each system.
/// </summary>
static class Target
{
    internal static bool IsLinux => OperatingSystem.IsLinux();

    internal static bool IsMacOS => OperatingSystem.IsMacOS();

    internal static bool IsArm64 => RuntimeInformation.ProcessArchitecture == Architecture.Arm64;

    internal static string Name => IsLinux ? "Linux" : IsMacOS ? "macOS" : "FreeBSD";
}
