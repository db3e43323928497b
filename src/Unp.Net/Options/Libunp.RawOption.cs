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
    /// ENOPROTOOPT (no such option at that level), EINVAL; the message names the option.
    /// </exception>
    /// <seealso href="https://man7.org/linux/man-pages/man2/getsockopt.2.html">getsockopt(2)</seealso>
    public static int Getsockopt(SafeHandle fd, int level, int name, Span<byte> value)
    {
        Check(fd);
        uint length = (uint)value.Length;
        fixed (byte* p = value)
        {
            if (getsockopt(fd, level, name, p, &length) < 0)
                throw FailedOption("getsockopt", fd, level, name, size: null);
        }

        // Some options report the length of the whole value even if only a part of it was written.
        return (int)Math.Min(length, (uint)value.Length);
    }

    /// <summary>
    /// Reads an option that is an <see cref="int"/>, a <see cref="linger"/> or another plain structure, with <c>getsockopt(2)</c> (UNP
    /// 7.2).
    /// </summary>
    /// <exception cref="UnpException">ENOPROTOOPT (no such option at that level), EINVAL.</exception>
    /// <exception cref="ArgumentException">
    /// The value does not fit into the primitive type <typeparamref name="T"/>, or has fewer bytes. The message names option and sizes.
    /// </exception>
    /// <seealso href="https://man7.org/linux/man-pages/man2/getsockopt.2.html">getsockopt(2)</seealso>
    public static T Getsockopt<T>(SafeHandle fd, int level, int name)
        where T : unmanaged
    {
        T value = default;
        int length = Getsockopt(fd, level, name, MemoryMarshal.AsBytes(new Span<T>(ref value)));
        if (typeof(T).IsPrimitive && (length < sizeof(T) || (sizeof(T) < sizeof(int) && !IsWhole(fd, level, name, value))))
            throw WrongSize(fd, level, name, sizeof(T), nameof(T));
        return value;
    }

    /// <summary>Sets an option from its bytes, with <c>setsockopt(2)</c> (UNP 7.2).</summary>
    /// <param name="fd">The socket.</param>
    /// <param name="level">SOL_SOCKET, IPPROTO_IP, IPPROTO_IPV6, IPPROTO_TCP...</param>
    /// <param name="name">The option at that level.</param>
    /// <param name="value">The value, in the size of the option.</param>
    /// <exception cref="UnpException">
    /// ENOPROTOOPT, EPERM, EDOM; EINVAL: the value or its size is wrong. The message names the option, and its size if that is wrong.
    /// </exception>
    /// <seealso href="https://man7.org/linux/man-pages/man2/setsockopt.2.html">setsockopt(2)</seealso>
    public static void Setsockopt(SafeHandle fd, int level, int name, ReadOnlySpan<byte> value)
    {
        Check(fd);
        fixed (byte* p = value)
        {
            if (setsockopt(fd, level, name, p, (uint)value.Length) < 0)
                throw FailedOption("setsockopt", fd, level, name, value.Length);
        }
    }

    /// <summary>
    /// Sets an option that is an <see cref="int"/>, a <see cref="linger"/> or another plain structure, with <c>setsockopt(2)</c> (UNP 7.2).
    /// </summary>
    /// <exception cref="UnpException">ENOPROTOOPT, EPERM, EDOM; EINVAL: the value or its size is wrong.</exception>
    /// <exception cref="ArgumentException">
    /// <typeparamref name="T"/> is <see cref="long"/> or another primitive type of 8 bytes, and the option has fewer.
    /// </exception>
    /// <seealso href="https://man7.org/linux/man-pages/man2/setsockopt.2.html">setsockopt(2)</seealso>
    public static void Setsockopt<T>(SafeHandle fd, int level, int name, in T value)
        where T : unmanaged
    {
        Check(fd);
        if (typeof(T).IsPrimitive && sizeof(T) > sizeof(int)
            && SizeOf(fd, level, name, stackalloc byte[MaxNumber]) is > 0 and int size && size < sizeof(T))
        {
            throw WrongSize(fd, level, name, sizeof(T), nameof(value)); // the kernel would read only the lower half
        }
        Setsockopt(fd, level, name, MemoryMarshal.AsBytes(new ReadOnlySpan<T>(in value)));
    }

    /// <summary>The buffer size that distinguishes numbers from longer values.</summary>
    const int MaxNumber = 16;

    /// <summary>
    /// Returns whether a number that was read in fewer bytes than an int is the option's value. The kernel cuts the value of some options
    /// silently, and converts that of others.
    /// </summary>
    static bool IsWhole<T>(SafeHandle fd, int level, int name, T value)
        where T : unmanaged
    {
        Span<byte> whole = stackalloc byte[MaxNumber];
        int size = SizeOf(fd, level, name, whole);
        ReadOnlySpan<byte> read = MemoryMarshal.AsBytes(new ReadOnlySpan<T>(in value));
        return size < 0 || (whole.StartsWith(read) && !whole[sizeof(T)..].ContainsAnyExcept((byte)0));
    }

    /// <summary>Reads an option, and returns its size up to that of the buffer; -1: the option cannot be read so.</summary>
    static int SizeOf(SafeHandle fd, int level, int name, Span<byte> value)
    {
        uint length = (uint)value.Length;
        fixed (byte* p = value)
            return getsockopt(fd, level, name, p, &length) < 0 ? -1 : (int)length;
    }

    static ArgumentException WrongSize(SafeHandle fd, int level, int name, int given, string parameter)
    {
        int size = SizeOf(fd, level, name, stackalloc byte[MaxNumber]);
        return new ArgumentException($"{Describe(level, name, out string hint)} has {size} bytes, not {given}.{hint}", parameter);
    }

    static UnpException FailedOption(string function, SafeHandle fd, int level, int name, int? size)
    {
        Errno error = Errno.Last;
        string subject = Describe(level, name, out string hint);
        if (error == Errno.EINVAL && size is { } given && !fd.IsClosed
            && SizeOf(fd, level, name, stackalloc byte[MaxNumber]) is int known && known > given)
        {
            subject += $" has {known} bytes, not {given}.{hint}";
        }
        return new UnpException(error, function, subject);
    }

    /// <summary>Returns the C name of an option, or its level and number if it is not in <see cref="SocketOptions"/>.</summary>
    static string Describe(int level, int name, out string hint)
    {
        SocketOption? option = SocketOptions.All.FirstOrDefault(one => one.IsSupported && one.Level == level && one.Number == name);
        Type? type = option is null ? null : Nullable.GetUnderlyingType(option.ValueType) ?? option.ValueType;
        hint = type is null ? "" : $" Its typed form in SocketOptions has the type {type.Name}.";
        return option?.Name ?? $"level {level}, option {name}";
    }
}
