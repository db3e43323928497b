using System.Runtime.InteropServices;
using static Unp.Net.Libc;

namespace Unp.Net;

public static unsafe partial class Libunp
{
    /// <summary><c>getsockopt(2)</c>: reads an option (section 7.2): <c>Getsockopt(fd, SocketOptions.RcvBuf)</c>.</summary>
    /// <param name="fd">The socket.</param>
    /// <param name="option">One of <see cref="SocketOptions"/>.</param>
    /// <exception cref="UnpException">ENOPROTOOPT (this socket or kernel has none such), EINVAL, ENOTCONN; the message has the option's name.</exception>
    /// <exception cref="PlatformNotSupportedException">This system does not have the option.</exception>
    /// <exception cref="InvalidOperationException">The option can only be set.</exception>
    public static T Getsockopt<T>(SafeHandle fd, SocketOption<T> option)
    {
        Check(fd);
        ArgumentNullException.ThrowIfNull(option);
        int level = option.Level;
        if (!option.CanRead)
            throw new InvalidOperationException($"{option.Name} can only be set, not read.");
        byte* value = stackalloc byte[option.Size];
        uint length = (uint)option.Size;
        if (getsockopt(fd, level, option.Number, value, &length) < 0)
            throw Failed("getsockopt", option.Name);

        // Some answers tell how long they would have been.
        return option.Decode(new ReadOnlySpan<byte>(value, (int)Math.Min(length, (uint)option.Size)));
    }

    /// <summary><c>setsockopt(2)</c>: sets an option (section 7.2): <c>Setsockopt(fd, SocketOptions.RcvTimeo, TimeSpan.FromSeconds(5))</c>.</summary>
    /// <param name="fd">The socket.</param>
    /// <param name="option">One of <see cref="SocketOptions"/>.</param>
    /// <param name="value">Its value. A time is rounded up to the option's unit.</param>
    /// <exception cref="UnpException">ENOPROTOOPT (this socket or kernel has none such), EINVAL, EPERM, EDOM; the message has name and value.</exception>
    /// <exception cref="ArgumentException">The option cannot have that value; the message has both.</exception>
    /// <exception cref="PlatformNotSupportedException">This system does not have the option.</exception>
    /// <exception cref="InvalidOperationException">The option can only be read.</exception>
    public static void Setsockopt<T>(SafeHandle fd, SocketOption<T> option, T value)
    {
        Check(fd);
        ArgumentNullException.ThrowIfNull(option);
        int number = option.Number;
        if (!option.CanWrite)
            throw new InvalidOperationException($"{option.Name} can only be read, not set.");
        byte* bytes = stackalloc byte[option.Size];
        int length = option.Encode(value, new Span<byte>(bytes, option.Size));
        if (setsockopt(fd, option.LevelFor(value), number, bytes, (uint)length) < 0)
            throw Failed("setsockopt", $"{option.Name} = {Describe(value)}");
    }

    static string? Describe<T>(T value) => value switch
    {
        null => "null",
        byte[] bytes => $"{bytes.Length} bytes",
        _ => value.ToString(),
    };
}
