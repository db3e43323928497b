using System.Runtime.InteropServices;

namespace Unp.Net;

/// <summary>
/// A descriptor that a <see cref="Poller"/> watches, returned by <see cref="Poller.Add(SafeHandle, PollEvents, object, PollMode)"/>.
/// </summary>
public sealed class PollRegistration
{
    internal PollRegistration(SafeHandle descriptor, int number, object? state, nint data)
    {
        Descriptor = descriptor;
        Number = number;
        State = state;
        Data = data;
    }

    /// <summary>Gets the descriptor that was added.</summary>
    public SafeHandle Descriptor { get; }

    /// <summary>Gets the events that the poller waits for.</summary>
    public PollEvents Interest { get; internal set; }

    /// <summary>Gets how the descriptor is watched.</summary>
    public PollMode Mode { get; internal set; }

    /// <summary>Gets or sets the caller's own object, such as a connection or a callback.</summary>
    public object? State { get; set; }

    /// <summary>Gets or sets the caller's own number, such as an index or a pointer.</summary>
    public nint Data { get; set; }

    /// <summary>Gets whether the descriptor is still watched: neither removed nor closed.</summary>
    public bool IsAdded => Owner?.Registered(Number) == this && !Descriptor.IsClosed;

    /// <summary>The descriptor's number when it was added. The kernel identifies the registration by it.</summary>
    internal int Number { get; }

    /// <summary>
    /// The poller, or null after <see cref="Poller.Remove"/>. It stays set if the poller drops the registration because its descriptor is
    /// closed.
    /// </summary>
    internal Poller? Owner { get; set; }

    /// <summary>Distinguishes this registration from an earlier registration of the same number.</summary>
    internal uint Generation { get; set; }

    /// <summary>The index in an array of the poller.</summary>
    internal int Index { get; set; }

    /// <summary>Whether the registration belongs to the poller's <see cref="AlwaysReady"/> files.</summary>
    internal bool IsFile { get; set; }

    /// <summary>
    /// Whether a <see cref="PollMode.OneShot"/> registration, or the edge of a file, was reported and must not be reported again.
    /// </summary>
    internal bool IsSpent { get; set; }

    /// <inheritdoc/>
    public override string ToString() => IsAdded ? $"fd {Number}: {Interest}" : $"fd {Number} (not added)";
}
