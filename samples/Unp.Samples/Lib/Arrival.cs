namespace Unp.Samples;

/// <summary>The time at which a message has arrived, for programs that print round-trip times.</summary>
static class Arrival
{
    /// <summary>Returns the time that the kernel has taken (SO_TIMESTAMP). It excludes the wake-up of the program.</summary>
    public static DateTimeOffset TimeOf(in ReceivedMessage message) =>
        message.TryGetTimestamp(out timespec time) ? time.ToDateTimeOffset() : DateTimeOffset.UtcNow;
}
