using System.Runtime.InteropServices;
using Unp.Net.Abi;

namespace Unp.Net;

/// <summary>
/// A socket option: its name, where it is (level and number), and whether this system has it. Each is a property of <see cref="SocketOptions"/>;
/// <see cref="SocketOption{T}"/> adds the type of the value.
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

    /// <summary>The C name: <c>"SO_REUSEPORT"</c>. Where macOS has another it is Linux's and FreeBSD's.</summary>
    public string Name => address.Name;

    /// <summary>SOL_SOCKET, IPPROTO_TCP...: the number on this system. MCAST_* have IPPROTO_IP here; for an IPv6 group IPPROTO_IPV6 is used.</summary>
    /// <exception cref="PlatformNotSupportedException">This system does not have the option; the message names it.</exception>
    public int Level => IsSupported ? level : throw Absent();

    /// <summary>The option's number at that level on this system.</summary>
    /// <exception cref="PlatformNotSupportedException">This system does not have the option; the message names it.</exception>
    public int Number => IsSupported ? number : throw Absent();

    /// <summary>
    /// Whether this system has the option. A kernel may refuse it all the same: because it is too old, was built without it, or the socket is of
    /// another kind. That is an <see cref="UnpException"/> with ENOPROTOOPT.
    /// </summary>
    public bool IsSupported => (Systems & OptionAddress.ThisSystem) != 0;

    /// <summary>Whether it can be read at all.</summary>
    public bool CanRead => address.Access != OptionAccess.WriteOnly;

    /// <summary>Whether it can be set at all.</summary>
    public bool CanWrite => address.Access != OptionAccess.ReadOnly;

    /// <summary>The type of its value.</summary>
    public abstract Type ValueType { get; }

    /// <summary>What the kernel has in the place of that, with its unit: <c>"int as boolean"</c>, <c>"int, seconds"</c>, <c>"timeval"</c>.</summary>
    public string Form { get; }

    internal OptionSystems Systems => address.Systems;

    internal string LevelName => address.Level.Name;

    /// <summary>The name on macOS, where that is another.</summary>
    internal string? MacName => address.MacName;

    /// <summary>The C name.</summary>
    public override string ToString() => Name;

    /// <summary>Reads it as an object, for who goes through the whole table.</summary>
    internal abstract object? Read(SafeHandle fd);

    PlatformNotSupportedException Absent()
    {
        // Those that this system has; a few are no options but flags or requests.
        var near = (address.Instead ?? "").Split(" or ", StringSplitOptions.RemoveEmptyEntries)
            .Where(name => SocketOptions.All.FirstOrDefault(option => option.Name == name)?.IsSupported ?? true);
        string hint = string.Join(" or ", near);
        return new($"{Name} does not exist on {Target.Name}.{(hint.Length > 0 ? $" What comes near is {hint}." : "")}");
    }
}

/// <summary>
/// A socket option whose value is a <typeparamref name="T"/>, for <see cref="Libunp.Getsockopt{T}(SafeHandle, SocketOption{T})"/> and
/// <see cref="Libunp.Setsockopt{T}(SafeHandle, SocketOption{T}, T)"/>.
/// </summary>
/// <typeparam name="T">What the value means (bool, int, TimeSpan, string...), not how C stores it.</typeparam>
public sealed class SocketOption<T> : SocketOption
{
    readonly OptionForm<T> form;

    internal SocketOption(OptionAddress address, OptionForm<T> form)
        : base(address, form.Name) => this.form = form;

    /// <inheritdoc/>
    public override Type ValueType => typeof(T);

    /// <summary>The most bytes the value takes.</summary>
    internal int Size => form.Size;

    internal int LevelFor(T value) => form.LevelFor(value) ?? Level;

    internal bool Grows => form.Grows;

    internal int LengthFor(ReadOnlySpan<byte> bytes, int known) => form.LengthFor(bytes, known);

    internal void Ask(T question, Span<byte> bytes) => form.Ask(question, bytes, this);

    internal T Decode(ReadOnlySpan<byte> bytes) => form.Decode(bytes);

    /// <summary>Writes the value's bytes, and returns how many there are.</summary>
    internal int Encode(T value, Span<byte> bytes) => form.Encode(value, bytes, this);

    internal override object? Read(SafeHandle fd) => Libunp.Getsockopt(fd, this);
}
