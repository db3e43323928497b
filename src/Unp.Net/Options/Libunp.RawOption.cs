using System.Runtime.InteropServices;
using static Unp.Net.Libc;

namespace Unp.Net;

public static unsafe partial class Libunp
{
    /// <summary>Reads the bytes of an option, with <c>getsockopt(2)</c> (UNP 7.2).</summary>
    /// <param name="fd">The socket.</param>
    /// <param name="level">SOL_SOCKET, IPPROTO_IP, IPPROTO_IPV6, IPPROTO_TCP...</param>
    /// <param name="name">The option at that level.</param>
    /// <param name="value">Receives the value.</param>
    /// <returns>The number of bytes written to <paramref name="value"/>. The kernel truncates a longer value.</returns>
    /// <exception cref="UnpException">
    /// ENOPROTOOPT (no such option at that level), EINVAL; the message contains level and option.
    /// </exception>
    /// <seealso href="https://man7.org/linux/man-pages/man2/getsockopt.2.html">getsockopt(2)</seealso>
    public static int Getsockopt(SafeHandle fd, int level, int name, Span<byte> value)
    {
        Check(fd);
        uint length = (uint)value.Length;
        fixed (byte* p = value)
        {
            if (getsockopt(fd, level, name, p, &length) < 0)
                throw Failed("getsockopt", $"level {level}, option {name}");
        }

        // Some options report the length of the whole value even if only a part of it was written.
        return (int)Math.Min(length, (uint)value.Length);
    }

    /// <summary>
    /// Reads an option that is an <see cref="int"/>, a <see cref="linger"/> or another plain structure, with <c>getsockopt(2)</c> (UNP
    /// 7.2).
    /// </summary>
    /// <exception cref="UnpException">ENOPROTOOPT (no such option at that level), EINVAL.</exception>
    /// <seealso href="https://man7.org/linux/man-pages/man2/getsockopt.2.html">getsockopt(2)</seealso>
    public static T Getsockopt<T>(SafeHandle fd, int level, int name)
        where T : unmanaged
    {
        T value = default;
        Getsockopt(fd, level, name, MemoryMarshal.AsBytes(new Span<T>(ref value)));
        return value;
    }

    /// <summary>Sets an option from its bytes, with <c>setsockopt(2)</c> (UNP 7.2).</summary>
    /// <param name="fd">The socket.</param>
    /// <param name="level">SOL_SOCKET, IPPROTO_IP, IPPROTO_IPV6, IPPROTO_TCP...</param>
    /// <param name="name">The option at that level.</param>
    /// <param name="value">The value, in the size of the option.</param>
    /// <exception cref="UnpException">ENOPROTOOPT, EINVAL, EPERM, EDOM; the message contains level and option.</exception>
    /// <seealso href="https://man7.org/linux/man-pages/man2/setsockopt.2.html">setsockopt(2)</seealso>
    public static void Setsockopt(SafeHandle fd, int level, int name, ReadOnlySpan<byte> value)
    {
        Check(fd);
        fixed (byte* p = value)
        {
            if (setsockopt(fd, level, name, p, (uint)value.Length) < 0)
                throw Failed("setsockopt", $"level {level}, option {name}");
        }
    }

    /// <summary>
    /// Sets an option that is an <see cref="int"/>, a <see cref="linger"/> or another plain structure, with <c>setsockopt(2)</c> (UNP 7.2).
    /// </summary>
    /// <exception cref="UnpException">ENOPROTOOPT, EINVAL, EPERM, EDOM.</exception>
    /// <seealso href="https://man7.org/linux/man-pages/man2/setsockopt.2.html">setsockopt(2)</seealso>
    public static void Setsockopt<T>(SafeHandle fd, int level, int name, in T value)
        where T : unmanaged =>
        Setsockopt(fd, level, name, MemoryMarshal.AsBytes(new ReadOnlySpan<T>(in value)));
}
