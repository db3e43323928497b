using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Unp.Net;

/// <summary>
/// An error number of the C library (<c>errno(3)</c>): a number with named constants, so that a value this library has no name for survives.
/// </summary>
/// <remarks>
/// The constants (<see cref="EAGAIN"/>, <see cref="ECONNREFUSED"/>...) are right on every system, whose numbers differ. One that the system
/// at hand lacks can still be compared with and equals nothing a call reports.
/// </remarks>
[DebuggerDisplay("{Name,nq} ({Value})")]
public readonly partial struct Errno : IEquatable<Errno>
{
    /// <summary>
    /// The error of the calling thread's last failed call through <see cref="Libc"/> or a lower-case function of <see cref="Libunp"/>: what C
    /// reads from <c>errno</c>. Only meaningful right after a call that said -1 (or null): the next call, even one that succeeds or one the runtime
    /// makes for itself, overwrites it.
    /// </summary>
    public static Errno Last
    {
        get => new(Marshal.GetLastPInvokeError());
        set => Marshal.SetLastPInvokeError(value.Value);
    }

    /// <summary>The constant's name, as <c>"ECONNREFUSED"</c>; <c>"errno 4711"</c> where the number has none.</summary>
    public string Name => NameOf(Value) ?? $"errno {Value}";

    /// <summary>The C library's text, <c>strerror(3)</c>: <c>"Connection refused"</c>.</summary>
    public string Message => Marshal.GetPInvokeErrorMessage(Value);

    /// <summary>
    /// Whether a call has failed for want of descriptors or memory: EMFILE, ENFILE, ENOBUFS, ENOMEM. The same call may succeed when somebody has closed something, be
    /// it this process or another. After <c>accept(2)</c> the client waits on in the queue, and the socket stays ready: a server that waits for that alone would spin.
    /// </summary>
    public bool IsShortage => this == EMFILE || this == ENFILE || this == ENOBUFS || this == ENOMEM;

    /// <summary>Whether both are the same number.</summary>
    public bool Equals(Errno other) => Value == other.Value;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is Errno other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => Value;

    /// <summary>The name and the text: <c>"ECONNREFUSED (Connection refused)"</c>.</summary>
    public override string ToString() => $"{Name} ({Message})";

    /// <summary>Whether both are the same number.</summary>
    public static bool operator ==(Errno left, Errno right) => left.Value == right.Value;

    /// <summary>Whether the numbers differ.</summary>
    public static bool operator !=(Errno left, Errno right) => left.Value != right.Value;
}
