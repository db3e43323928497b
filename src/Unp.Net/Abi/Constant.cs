using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace Unp.Net.Abi;

/// <summary>Reads one row of the table of constants.</summary>
static class Constant
{
    /// <summary>Marks the column of a system that does not have the constant.</summary>
    internal const int Absent = int.MinValue;

    /// <summary><see cref="Absent"/> in a row of <see cref="Unsigned"/>.</summary>
    internal const uint AbsentUnsigned = uint.MaxValue;

    /// <summary>Returns the value on this system from the three columns of the row.</summary>
    /// <exception cref="PlatformNotSupportedException">The constant is <see cref="Absent"/> here; the message names it.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static int Of(int linux, int macos, int freebsd, [CallerMemberName] string name = "")
    {
        int value = Column(linux, macos, freebsd);
        if (value == Absent)
            ThrowAbsent(name);
        return value;
    }

    /// <summary>Like <see cref="Of"/>, for values that need all 32 bits: requests of <c>ioctl</c>, events of <c>epoll</c>.</summary>
    /// <exception cref="PlatformNotSupportedException">The constant is <see cref="AbsentUnsigned"/> here; the message names it.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static uint Unsigned(uint linux, uint macos, uint freebsd, [CallerMemberName] string name = "")
    {
        uint value = (uint)Column((int)linux, (int)macos, (int)freebsd);
        if (value == AbsentUnsigned)
            ThrowAbsent(name);
        return value;
    }

    /// <summary>Returns the column of this system, even if it is <see cref="Absent"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static int Column(int linux, int macos, int freebsd) => Target.IsLinux ? linux : Target.IsMacOS ? macos : freebsd;

    /// <summary>Returns the Linux column of a row whose value differs between x86-64 and arm64.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static int ByArchitecture(int x64, int arm64) => Target.IsArm64 ? arm64 : x64;

    [DoesNotReturn]
    static void ThrowAbsent(string name) =>
        throw new PlatformNotSupportedException($"{name} does not exist on {Target.Name}.");
}
