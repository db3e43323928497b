using System.Runtime.InteropServices;
using Unp.Net.AbiTests;

namespace Unp.Net.Abi;

/// <summary>Takes the place of the library's Target: the table is read as the platform that <see cref="On{T}"/> names.</summary>
static class Target
{
    [ThreadStatic]
    static Platform? current;

    internal static bool IsLinux => Current.System == UnixSystem.Linux;

    internal static bool IsMacOS => Current.System == UnixSystem.MacOS;

    internal static bool IsArm64 => Current.Architecture == Architecture.Arm64;

    internal static string Name => Current.System.ToString();

    static Platform Current => current ?? throw new InvalidOperationException("No platform is set on this thread: use Target.On.");

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
