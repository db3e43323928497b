using System.Runtime.Versioning;
using Unp.Net.Abi;
using static Unp.Net.Libc;

namespace Unp.Net;

public static partial class Libunp
{
    /// <summary>Returns a value or table of the kernel (UNP 18.4, <c>sysctl(3)</c>). Not on Linux.</summary>
    /// <remarks>The length of a table may change between two calls, so the buffer grows until the table fits.</remarks>
    /// <param name="name">The levels of the name, such as CTL_NET, AF_ROUTE, 0, AF_INET, NET_RT_DUMP, 0.</param>
    /// <exception cref="UnpException">ENOENT: no such name; ENOTDIR, EISDIR, EINVAL; EPERM. The message contains the name.</exception>
    /// <exception cref="PlatformNotSupportedException">
    /// The system is Linux. Its values are files below /proc/sys, and <see cref="Net_rt_dump"/> and <see cref="Net_rt_iflist"/> have its
    /// tables.
    /// </exception>
    /// <seealso href="https://man.freebsd.org/cgi/man.cgi?query=sysctl&amp;sektion=3">sysctl(3)</seealso>
    public static byte[] Sysctl(ReadOnlySpan<int> name) => Sysctl(name, "sysctl");

    /// <summary>Sets a value of the kernel, and returns the previous value (UNP 18.4, <c>sysctl(3)</c>). Not on Linux.</summary>
    /// <param name="name">The levels of the name.</param>
    /// <param name="value">The new value.</param>
    /// <exception cref="UnpException">EPERM: only root may set it; ENOENT, EINVAL. The message contains the name.</exception>
    /// <exception cref="PlatformNotSupportedException">The system is Linux. Its values are files below /proc/sys.</exception>
    /// <seealso href="https://man.freebsd.org/cgi/man.cgi?query=sysctl&amp;sektion=3">sysctl(3)</seealso>
    public static byte[] Sysctl(ReadOnlySpan<int> name, ReadOnlySpan<byte> value)
    {
        byte[] previous = Sysctl(name);
        if (Target.IsMacOS || Target.IsFreeBSD)
            SetSysctl(name, value);
        return previous;
    }

    static byte[] Sysctl(ReadOnlySpan<int> name, string function)
    {
        if (Target.IsMacOS || Target.IsFreeBSD)
            return GetSysctl(name, function);
        throw new PlatformNotSupportedException("Linux has no sysctl(3). Read the files below /proc/sys instead.");
    }

    [SupportedOSPlatform("macos")]
    [SupportedOSPlatform("freebsd")]
    static unsafe byte[] GetSysctl(ReadOnlySpan<int> name, string function)
    {
        fixed (int* levels = name)
        {
            while (true)
            {
                nuint length = 0;
                if (sysctl(levels, (uint)name.Length, null, &length, null, 0) < 0)
                    throw Failed(function, LevelsOf(name));
                length += length / 8; // a table may grow before the next call
                var buffer = new byte[length];
                fixed (byte* data = buffer)
                {
                    if (sysctl(levels, (uint)name.Length, data, &length, null, 0) == 0)
                        return buffer[..(int)length];
                }
                if (Errno.Last != Errno.ENOMEM)
                    throw Failed(function, LevelsOf(name));
            }
        }
    }

    [SupportedOSPlatform("macos")]
    [SupportedOSPlatform("freebsd")]
    static unsafe void SetSysctl(ReadOnlySpan<int> name, ReadOnlySpan<byte> value)
    {
        fixed (int* levels = name)
        fixed (byte* data = value)
        {
            if (sysctl(levels, (uint)name.Length, null, null, data, (nuint)value.Length) < 0)
                throw Failed("sysctl", LevelsOf(name));
        }
    }

    static string LevelsOf(ReadOnlySpan<int> name) => string.Join('.', name.ToArray());
}
