using System.Runtime.InteropServices;

namespace Unp.Net;

/// <summary>A descriptor that a <see cref="Poller"/> watches: what <see cref="Poller.Add(SafeHandle, PollEvents, object, PollMode)"/> returns.</summary>
public sealed class PollRegistration
{
    internal PollRegistration(SafeHandle descriptor, int number, object? state, nint data)
    {
        Descriptor = descriptor;
        Number = number;
        State = state;
        Data = data;
    }

    /// <summary>The descriptor, as it was added.</summary>
    public SafeHandle Descriptor { get; }

    /// <summary>What it is watched for.</summary>
    public PollEvents Interest { get; internal set; }

    /// <summary>How it is watched.</summary>
    public PollMode Mode { get; internal set; }

    /// <summary>The program's own object: a connection, a callback.</summary>
    public object? State { get; set; }

    /// <summary>The program's own number: an index of its tables, a pointer.</summary>
    public nint Data { get; set; }

    /// <summary>Whether it is still watched: it was not removed, nor its descriptor closed.</summary>
    public bool IsAdded => Owner?.Registered(Number) == this && !Descriptor.IsClosed;

    /// <summary>The descriptor's number when it was added, by which the kernel knows it.</summary>
    internal int Number { get; }

    /// <summary>The poller it was added to and not removed from, though that may have dropped it because its descriptor is closed.</summary>
    internal Poller? Owner { get; set; }

    /// <summary>Tells it from an earlier registration of the same number.</summary>
    internal uint Generation { get; set; }

    /// <summary>Its place in an array of the poller's.</summary>
    internal int Index { get; set; }

    /// <summary>Whether it is one of the poller's <see cref="AlwaysReady"/>.</summary>
    internal bool IsFile { get; set; }

    /// <summary>The state of a <see cref="PollMode.OneShot"/> that has told.</summary>
    internal bool IsSpent { get; set; }

    /// <inheritdoc/>
    public override string ToString() => IsAdded ? $"fd {Number}: {Interest}" : $"fd {Number} (not added)";
}
