namespace Unp.Net;

/// <summary>The events that a <see cref="Poller"/> waits for and reports.</summary>
[Flags]
public enum PollEvents
{
    /// <summary>
    /// No events. All mechanisms except select and kqueue report <see cref="HangUp"/> and <see cref="Error"/> anyway.
    /// </summary>
    None = 0,

    /// <summary>A read does not block: there is data, a connection to accept, the end of the stream or an error.</summary>
    Readable = 1 << 0,

    /// <summary>A write does not block: there is free space, a completed connect or an error.</summary>
    Writable = 1 << 1,

    /// <summary>
    /// Out-of-band data (UNP 24.2), or other urgent events of the descriptor. kqueue on FreeBSD does not support it.
    /// </summary>
    Priority = 1 << 2,

    /// <summary>
    /// Both directions are closed. It is reported without being requested, together with the requested Readable or Writable.
    /// </summary>
    HangUp = 1 << 3,

    /// <summary>
    /// The peer has finished sending, but data may still be unread. It must be requested; select requires <see cref="Readable"/> too.
    /// </summary>
    PeerClosed = 1 << 4,

    /// <summary>
    /// SO_ERROR is set, or the read end of a pipe is closed. It is reported without being requested, together with the requested Readable
    /// or Writable.
    /// </summary>
    Error = 1 << 5,
}
