using System.Runtime.InteropServices;
using static Unp.Net.Libc;

namespace Unp.Net;

public static unsafe partial class Libunp
{
    /// <summary><c>getsockopt(2)</c>: reads an option's bytes (UNP 7.2).</summary>
    /// <param name="fd">The socket.</param>
    /// <param name="level">SOL_SOCKET, IPPROTO_IP, IPPROTO_IPV6, IPPROTO_TCP...</param>
    /// <param name="name">The option at that level.</param>
    /// <param name="value">Room for its value.</param>
    /// <returns>The bytes of <paramref name="value"/> that were filled. The kernel cuts a longer answer off.</returns>
    /// <exception cref="UnpException">ENOPROTOOPT (no such option at that level), EINVAL; the message has level and option.</exception>
    public static int Getsockopt(SafeHandle fd, int level, int name, Span<byte> value)
    {
        Check(fd);
        uint length = (uint)value.Length;
        fixed (byte* p = value)
        {
            if (getsockopt(fd, level, name, p, &length) < 0)
                throw Failed("getsockopt", $"level {level}, option {name}");
        }

        // Some options report the length of the whole answer, of which only a part was written.
        return (int)Math.Min(length, (uint)value.Length);
    }

    /// <summary><c>getsockopt(2)</c>: reads an option that is an <see cref="int"/>, a <see cref="linger"/> or another plain structure (UNP 7.2).</summary>
    /// <exception cref="UnpException">ENOPROTOOPT (no such option at that level), EINVAL.</exception>
    public static T Getsockopt<T>(SafeHandle fd, int level, int name)
        where T : unmanaged
    {
        T value = default;
        Getsockopt(fd, level, name, MemoryMarshal.AsBytes(new Span<T>(ref value)));
        return value;
    }

    /// <summary><c>setsockopt(2)</c>: sets an option from its bytes (UNP 7.2).</summary>
    /// <param name="fd">The socket.</param>
    /// <param name="level">SOL_SOCKET, IPPROTO_IP, IPPROTO_IPV6, IPPROTO_TCP...</param>
    /// <param name="name">The option at that level.</param>
    /// <param name="value">Its value, of the size the option has.</param>
    /// <exception cref="UnpException">ENOPROTOOPT, EINVAL, EPERM, EDOM; the message has level and option.</exception>
    public static void Setsockopt(SafeHandle fd, int level, int name, ReadOnlySpan<byte> value)
    {
        Check(fd);
        fixed (byte* p = value)
        {
            if (setsockopt(fd, level, name, p, (uint)value.Length) < 0)
                throw Failed("setsockopt", $"level {level}, option {name}");
        }
    }

    /// <summary><c>setsockopt(2)</c>: sets an option that is an <see cref="int"/>, a <see cref="linger"/> or another plain structure (UNP 7.2).</summary>
    /// <exception cref="UnpException">ENOPROTOOPT, EINVAL, EPERM, EDOM.</exception>
    public static void Setsockopt<T>(SafeHandle fd, int level, int name, in T value)
        where T : unmanaged =>
        Setsockopt(fd, level, name, MemoryMarshal.AsBytes(new ReadOnlySpan<T>(in value)));
}
