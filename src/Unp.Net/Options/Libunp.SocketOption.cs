using System.Runtime.InteropServices;
using static Unp.Net.Libc;

namespace Unp.Net;

public static unsafe partial class Libunp
{
    /// <summary><c>getsockopt(2)</c>: reads an option (UNP 7.2): <c>Getsockopt(fd, SocketOptions.RcvBuf)</c>.</summary>
    /// <param name="fd">The socket.</param>
    /// <param name="option">One of <see cref="SocketOptions"/>.</param>
    /// <exception cref="UnpException">ENOPROTOOPT (this socket or kernel has none such), EINVAL, ENOTCONN; the message has the option's name.</exception>
    /// <exception cref="PlatformNotSupportedException">This system does not have the option.</exception>
    /// <exception cref="InvalidOperationException">The option can only be set.</exception>
    public static T Getsockopt<T>(SafeHandle fd, SocketOption<T> option)
    {
        Check(fd);
        ArgumentNullException.ThrowIfNull(option);
        T answer = default!;
        return TryGetsockopt(fd, option, ref answer) ? answer : throw Failed("getsockopt", option.Name);
    }

    /// <summary>
    /// <c>getsockopt(2)</c>: reads an option of one SCTP association, or of one address of it, which the question tells (UNP 7.10):
    /// <c>Getsockopt(fd, SocketOptions.SctpStatus, new SctpStatus { AssociationId = id })</c>. What else is in the question does not count, so that an answer
    /// can be the next question.
    /// </summary>
    /// <param name="fd">The socket.</param>
    /// <param name="option">One of <see cref="SocketOptions"/>.</param>
    /// <param name="question">The association's id, and the address for an option that is an address's; its remarks tell which count.</param>
    /// <exception cref="UnpException">EINVAL or ENOENT (no such association or address), ENOPROTOOPT; the message has the option's name, id and address.</exception>
    /// <exception cref="ArgumentException">The address is neither IPv4 nor IPv6.</exception>
    /// <exception cref="PlatformNotSupportedException">This system does not have the option.</exception>
    /// <exception cref="InvalidOperationException">The option can only be set.</exception>
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

    /// <summary><c>setsockopt(2)</c>: sets an option (UNP 7.2): <c>Setsockopt(fd, SocketOptions.RcvTimeo, TimeSpan.FromSeconds(5))</c>.</summary>
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
        if (option.Grows)
            length = option.LengthFor(new ReadOnlySpan<byte>(bytes, length), KnownLength(fd, option));
        if (setsockopt(fd, option.LevelFor(value), number, bytes, (uint)length) < 0)
            throw Failed("setsockopt", $"{option.Name} = {Describe(value)}");
    }

    /// <summary>Reads an option; what is in the value before is the question.</summary>
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

        // Some answers tell how long they would have been.
        value = option.Decode(new ReadOnlySpan<byte>(bytes, (int)Math.Min(length, (uint)option.Size)));
        return true;
    }

    /// <summary>How many of the option's bytes this kernel knows; all of them, if it does not say.</summary>
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
