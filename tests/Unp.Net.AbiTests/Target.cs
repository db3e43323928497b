using System.Runtime.InteropServices;
using Unp.Net.AbiTests;

namespace Unp.Net.Abi;

/// <summary>Replaces the library's Target, so the table can be read for the platform given to <see cref="On{T}"/>.</summary>
static class Target
{
    [ThreadStatic]
    static Platform? current;

    internal static bool IsLinux => Current.System == UnixSystem.Linux;

    internal static bool IsMacOS => Current.System == UnixSystem.MacOS;

    internal static bool IsArm64 => Current.Architecture == Architecture.Arm64;

    internal static string Name => Current.System.ToString();

    static Platform Current => current ?? throw new InvalidOperationException("No platform is set on this thread. Use Target.On.");

    internal static T On<T>(Platform platform, Func<T> read)
    {
        current = platform;
        try
        {
            return read();
        }
        finally
        {
            current = null;
        }
    }
}
