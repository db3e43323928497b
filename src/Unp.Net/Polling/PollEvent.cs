namespace Unp.Net;

/// <summary>A ready descriptor, reported by <see cref="Poller.Wait"/>.</summary>
public readonly struct PollEvent
{
    internal PollEvent(PollRegistration registration, PollEvents events)
    {
        Registration = registration;
        Events = events;
    }

    /// <summary>
    /// Gets the registration. A handler of an earlier event of the same wait may have removed it: see
    /// <see cref="PollRegistration.IsAdded"/>.
    /// </summary>
    public PollRegistration Registration { get; }

    /// <summary>
    /// Gets the events: a part of <see cref="PollRegistration.Interest"/>, <see cref="PollEvents.HangUp"/>, <see cref="PollEvents.Error"/>.
    /// </summary>
    public PollEvents Events { get; }

    /// <summary>
    /// Gets the object that was passed to
    /// <see cref="Poller.Add(System.Runtime.InteropServices.SafeHandle, PollEvents, object, PollMode)"/>.
    /// </summary>
    public object? State => Registration.State;

    /// <summary>
    /// Gets the number that was passed to <see cref="Poller.Add(System.Runtime.InteropServices.SafeHandle, PollEvents, nint, PollMode)"/>.
    /// </summary>
    public nint Data => Registration.Data;

    /// <summary>Gets whether a read does not block.</summary>
    public bool IsReadable => (Events & PollEvents.Readable) != 0;

    /// <summary>Gets whether a write does not block.</summary>
    public bool IsWritable => (Events & PollEvents.Writable) != 0;

    /// <summary>Returns the descriptor and its events: <c>"fd 5: Readable, HangUp"</c>.</summary>
    public override string ToString() => Registration is null ? "no event" : $"fd {Registration.Number}: {Events}";
}
