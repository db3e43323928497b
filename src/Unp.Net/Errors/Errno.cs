using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Unp.Net;

/// <summary>An error number of the C library (<c>errno(3)</c>), with named constants. Numbers without a name are kept too.</summary>
/// <remarks>
/// The constants (<see cref="EAGAIN"/>, <see cref="ECONNREFUSED"/>...) have the right number on each system, although the numbers differ. A
/// constant that the current system lacks can be compared, but never equals a reported error.
/// </remarks>
[DebuggerDisplay("{Name,nq} ({Value})")]
public readonly partial struct Errno : IEquatable<Errno>
{
    /// <summary>
    /// Gets or sets C's <c>errno</c>: the error of the thread's last failed call through <see cref="Libc"/> or a lower-case function of
    /// <see cref="Libunp"/>.
    /// </summary>
    /// <remarks>
    /// Read it directly after a call that returned -1 (or null). The next call overwrites it, even if that succeeds or is made by the
    /// runtime.
    /// </remarks>
    public static Errno Last
    {
        get => new(Marshal.GetLastPInvokeError());
        set => Marshal.SetLastPInvokeError(value.Value);
    }

    /// <summary>Gets the name of the constant, such as <c>"ECONNREFUSED"</c>; <c>"errno 4711"</c> for a number without a name.</summary>
    public string Name => NameOf(Value) ?? $"errno {Value}";

    /// <summary>Gets the C library's message, such as <c>"Connection refused"</c> (<c>strerror(3)</c>).</summary>
    public string Message => Marshal.GetPInvokeErrorMessage(Value);

    /// <summary>Gets whether a call failed because descriptors or memory were short: EMFILE, ENFILE, ENOBUFS, ENOMEM.</summary>
    /// <remarks>
    /// The same call may succeed after this process or another has closed descriptors. After <c>accept(2)</c> the client stays in the queue
    /// and the socket stays ready, so a server that only waits for the socket would spin.
    /// </remarks>
    public bool IsShortage => IsAny(EMFILE, ENFILE, ENOBUFS, ENOMEM);

    /// <summary>Returns whether this is one of several errors: <c>Errno.Last.IsAny(Errno.EAGAIN, Errno.EINTR)</c>.</summary>
    /// <remarks>It does not allocate.</remarks>
    /// <param name="errors">The errors to compare with.</param>
    public bool IsAny(params ReadOnlySpan<Errno> errors) => errors.Contains(this);

    /// <summary>Returns whether both numbers are equal.</summary>
    public bool Equals(Errno other) => Value == other.Value;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is Errno other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => Value;

    /// <summary>Returns the name and the message: <c>"ECONNREFUSED (Connection refused)"</c>.</summary>
    public override string ToString() => $"{Name} ({Message})";

    /// <summary>Returns whether both numbers are equal.</summary>
    public static bool operator ==(Errno left, Errno right) => left.Value == right.Value;

    /// <summary>Returns whether the numbers differ.</summary>
    public static bool operator !=(Errno left, Errno right) => left.Value != right.Value;
}
