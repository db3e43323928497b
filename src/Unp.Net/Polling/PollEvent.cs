namespace Unp.Net;

/// <summary>A descriptor that is ready, as <see cref="Poller.Wait"/> tells it.</summary>
public readonly struct PollEvent
{
    internal PollEvent(PollRegistration registration, PollEvents events)
    {
        Registration = registration;
        Events = events;
    }

    /// <summary>
    /// Which. It may have been removed since, by the handling of an earlier event of the same wait: <see cref="PollRegistration.IsAdded"/> tells.
    /// </summary>
    public PollRegistration Registration { get; }

    /// <summary>What has happened: some of what it was added for, <see cref="PollEvents.HangUp"/>, <see cref="PollEvents.Error"/>.</summary>
    public PollEvents Events { get; }

    /// <summary>The program's own object, as it was added.</summary>
    public object? State => Registration.State;

    /// <summary>The program's own number, as it was added.</summary>
    public nint Data => Registration.Data;

    /// <summary>Whether a read does not block.</summary>
    public bool IsReadable => (Events & PollEvents.Readable) != 0;

    /// <summary>Whether a write does not block.</summary>
    public bool IsWritable => (Events & PollEvents.Writable) != 0;

    /// <summary><c>"fd 5: Readable, HangUp"</c></summary>
    public override string ToString() => $"fd {Registration.Number}: {Events}";
}
