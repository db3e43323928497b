using System.Runtime.InteropServices;
using static Unp.Net.Libc;

namespace Unp.Net;

public static unsafe partial class Libunp
{
    /// <summary>Reads an option with <c>getsockopt(2)</c> (UNP 7.2): <c>Getsockopt(fd, SocketOptions.RcvBuf)</c>.</summary>
    /// <param name="fd">The socket.</param>
    /// <param name="option">An option of <see cref="SocketOptions"/>.</param>
    /// <exception cref="UnpException">
    /// ENOPROTOOPT (this socket or kernel does not have the option), EINVAL, ENOTCONN; the message contains the option's name.
    /// </exception>
    /// <exception cref="PlatformNotSupportedException">This system does not have the option.</exception>
    /// <exception cref="InvalidOperationException">The option can only be set.</exception>
    /// <example>
    /// The result of a non-blocking connect, once the socket is writable:
    /// <code>
    /// Errno error = Getsockopt(fd, SocketOptions.Error);
    /// if (error != default)
    ///     throw new UnpException(error, "connect");
    /// </code>
    /// </example>
    /// <seealso href="https://man7.org/linux/man-pages/man2/getsockopt.2.html">getsockopt(2)</seealso>
    public static T Getsockopt<T>(SafeHandle fd, SocketOption<T> option)
    {
        Check(fd);
        ArgumentNullException.ThrowIfNull(option);
        T answer = default!;
        return TryGetsockopt(fd, option, ref answer) ? answer : throw Failed("getsockopt", option.Name);
    }

    /// <summary>
    /// Reads an option of the SCTP association or address in the question, with <c>getsockopt(2)</c> (UNP 7.10):
    /// <c>Getsockopt(fd, SocketOptions.SctpStatus, new SctpStatus { AssociationId = id })</c>. Other members of the question are ignored,
    /// so an answer can serve as the next question.
    /// </summary>
    /// <param name="fd">The socket.</param>
    /// <param name="option">An option of <see cref="SocketOptions"/>.</param>
    /// <param name="question">
    /// The association's id, and the address for an option of an address. The remarks of the option say which of them it uses.
    /// </param>
    /// <exception cref="UnpException">
    /// EINVAL or ENOENT (no such association or address), ENOPROTOOPT; the message contains the option's name, id and address.
    /// </exception>
    /// <exception cref="ArgumentException">The address is neither IPv4 nor IPv6.</exception>
    /// <exception cref="PlatformNotSupportedException">This system does not have the option.</exception>
    /// <exception cref="InvalidOperationException">The option can only be set.</exception>
    /// <seealso href="https://man7.org/linux/man-pages/man2/getsockopt.2.html">getsockopt(2)</seealso>
    public static T Getsockopt<T>(SafeHandle fd, SocketOption<T> option, T question)
        where T : struct, ISctpQuestion
    {
        Check(fd);
        ArgumentNullException.ThrowIfNull(option);
        T answer = question;
        if (TryGetsockopt(fd, option, ref answer))
            return answer;
        string address = question.Address.Length == 0 ? "" : $", {question.Address}";
        throw Failed("getsockopt", $"{option.Name} of association {question.AssociationId}{address}");
    }

    /// <summary>
    /// Sets an option with <c>setsockopt(2)</c> (UNP 7.2): <c>Setsockopt(fd, SocketOptions.RcvTimeo, TimeSpan.FromSeconds(5))</c>.
    /// </summary>
    /// <param name="fd">The socket.</param>
    /// <param name="option">An option of <see cref="SocketOptions"/>.</param>
    /// <param name="value">The value. A time is rounded up to the option's unit.</param>
    /// <exception cref="UnpException">
    /// ENOPROTOOPT (this socket or kernel does not have the option), EINVAL, EPERM, EDOM; the message contains name and value.
    /// </exception>
    /// <exception cref="ArgumentException">The option does not accept that value; the message contains both.</exception>
    /// <exception cref="PlatformNotSupportedException">This system does not have the option.</exception>
    /// <exception cref="InvalidOperationException">The option can only be read.</exception>
    /// <example>
    /// The option decides the type of the value:
    /// <code>
    /// Setsockopt(fd, SocketOptions.ReuseAddr, true);
    /// Setsockopt(fd, SocketOptions.RcvTimeo, TimeSpan.FromSeconds(5));
    /// Setsockopt(fd, SocketOptions.Linger, TimeSpan.Zero);      // a reset at close; null is the normal close
    /// </code>
    /// </example>
    /// <seealso href="https://man7.org/linux/man-pages/man2/setsockopt.2.html">setsockopt(2)</seealso>
    public static void Setsockopt<T>(SafeHandle fd, SocketOption<T> option, T value)
    {
        Check(fd);
        ArgumentNullException.ThrowIfNull(option);
        if (TrySetsockopt(fd, option, value) < 0)
            throw Failed("setsockopt", $"{option.Name} = {Describe(value)}");
    }

    /// <summary>Sets an option, and returns -1 with <see cref="Errno.Last"/> if the kernel refuses it.</summary>
    static int TrySetsockopt<T>(SafeHandle fd, SocketOption<T> option, T value)
    {
        int number = option.Number;
        if (!option.CanWrite)
            throw new InvalidOperationException($"{option.Name} can only be read, not set.");
        byte* bytes = stackalloc byte[option.Size];
        int length = option.Encode(value, new Span<byte>(bytes, option.Size));
        if (option.Grows)
            length = option.LengthFor(new ReadOnlySpan<byte>(bytes, length), KnownLength(fd, option));
        return setsockopt(fd, option.LevelFor(value), number, bytes, (uint)length);
    }

    /// <summary>Reads an option. The initial value of <paramref name="value"/> is the question.</summary>
    static bool TryGetsockopt<T>(SafeHandle fd, SocketOption<T> option, ref T value)
    {
        int level = option.Level;
        if (!option.CanRead)
            throw new InvalidOperationException($"{option.Name} can only be set, not read.");
        byte* bytes = stackalloc byte[option.Size];
        option.Ask(value, new Span<byte>(bytes, option.Size));
        uint length = (uint)option.Size;
        if (getsockopt(fd, level, option.Number, bytes, &length) < 0)
            return false;

        // Some options report the length of the whole value even if only a part of it was written.
        value = option.Decode(new ReadOnlySpan<byte>(bytes, (int)Math.Min(length, (uint)option.Size)));
        return true;
    }

    /// <summary>Returns how many of the option's bytes this kernel knows: all of them if the option cannot be read.</summary>
    static int KnownLength<T>(SafeHandle fd, SocketOption<T> option)
    {
        byte* bytes = stackalloc byte[option.Size];
        uint length = (uint)option.Size;
        return getsockopt(fd, option.Level, option.Number, bytes, &length) < 0 ? option.Size : (int)Math.Min(length, (uint)option.Size);
    }

    static string? Describe<T>(T value) => value switch
    {
        null => "null",
        byte[] bytes => $"{bytes.Length} bytes",
        _ => value.ToString(),
    };
}
