using System.Runtime.InteropServices;
using Unp.Net.Abi;

namespace Unp.Net;

/// <summary>
/// A socket option: its name, its level and number, and whether this system has it. The options are the properties of
/// <see cref="SocketOptions"/>; <see cref="SocketOption{T}"/> adds the type of the value.
/// </summary>
public abstract class SocketOption
{
    readonly OptionAddress address;
    readonly int level;
    readonly int number;

    private protected SocketOption(OptionAddress address, string form)
    {
        this.address = address;
        Form = form;
        if (IsSupported)
            (level, number) = (address.Level.Number(), address.Number());
    }

    /// <summary>Gets the C name: <c>"SO_REUSEPORT"</c>. If macOS has a different name, this is the one of Linux and FreeBSD.</summary>
    public string Name => address.Name;

    /// <summary>
    /// Gets the number of the level (SOL_SOCKET, IPPROTO_TCP...) on this system. MCAST_* have IPPROTO_IP here; an IPv6 group uses
    /// IPPROTO_IPV6.
    /// </summary>
    /// <exception cref="PlatformNotSupportedException">This system does not have the option; the message names it.</exception>
    public int Level => IsSupported ? level : throw Absent();

    /// <summary>Gets the option's number at its level on this system.</summary>
    /// <exception cref="PlatformNotSupportedException">This system does not have the option; the message names it.</exception>
    public int Number => IsSupported ? number : throw Absent();

    /// <summary>
    /// Gets whether this system has the option. The kernel may still reject it with ENOPROTOOPT (an <see cref="UnpException"/>), because it
    /// is too old or was built without the option, or because the socket has another type.
    /// </summary>
    public bool IsSupported => (Systems & OptionAddress.ThisSystem) != 0;

    /// <summary>Gets whether the option can be read.</summary>
    public bool CanRead => address.Access != OptionAccess.WriteOnly;

    /// <summary>Gets whether the option can be set.</summary>
    public bool CanWrite => address.Access != OptionAccess.ReadOnly;

    /// <summary>Gets the type of the value.</summary>
    public abstract Type ValueType { get; }

    /// <summary>Gets the type of the value in C, with its unit: <c>"int as boolean"</c>, <c>"int, seconds"</c>, <c>"timeval"</c>.</summary>
    public string Form { get; }

    internal OptionSystems Systems => address.Systems;

    internal string LevelName => address.Level.Name;

    /// <summary>The name on macOS if it differs.</summary>
    internal string? MacName => address.MacName;

    /// <summary>Returns the C name.</summary>
    public override string ToString() => Name;

    /// <summary>Reads the option as an object, for code that processes the whole table.</summary>
    internal abstract object? Read(SafeHandle fd);

    PlatformNotSupportedException Absent()
    {
        // Only names that this system has. A name that is not in the table is a flag or a request, and is kept.
        var near = (address.Instead ?? "").Split(" or ", StringSplitOptions.RemoveEmptyEntries)
            .Where(name => SocketOptions.All.FirstOrDefault(option => option.Name == name)?.IsSupported ?? true);
        string hint = string.Join(" or ", near);
        return new($"{Name} does not exist on {Target.Name}.{(hint.Length > 0 ? $" Use {hint} instead." : "")}");
    }
}

/// <summary>
/// A socket option whose value is a <typeparamref name="T"/>, for <see cref="Libunp.Getsockopt{T}(SafeHandle, SocketOption{T})"/> and
/// <see cref="Libunp.Setsockopt{T}(SafeHandle, SocketOption{T}, T)"/>.
/// </summary>
/// <typeparam name="T">The type of the value (bool, int, TimeSpan, string...). It may differ from the type in C.</typeparam>
public sealed class SocketOption<T> : SocketOption
{
    readonly OptionForm<T> form;

    internal SocketOption(OptionAddress address, OptionForm<T> form)
        : base(address, form.Name) => this.form = form;

    /// <inheritdoc/>
    public override Type ValueType => typeof(T);

    /// <summary>The maximum size of the value in bytes.</summary>
    internal int Size => form.Size;

    internal int LevelFor(T value) => form.LevelFor(value) ?? Level;

    internal bool Grows => form.Grows;

    internal int LengthFor(ReadOnlySpan<byte> bytes, int known) => form.LengthFor(bytes, known);

    internal void Ask(T question, Span<byte> bytes) => form.Ask(question, bytes, this);

    internal T Decode(ReadOnlySpan<byte> bytes) => form.Decode(bytes);

    /// <summary>Writes the bytes of the value, and returns their number.</summary>
    internal int Encode(T value, Span<byte> bytes) => form.Encode(value, bytes, this);

    internal override object? Read(SafeHandle fd) => Libunp.Getsockopt(fd, this);
}
