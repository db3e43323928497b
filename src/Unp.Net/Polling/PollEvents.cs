namespace Unp.Net;

/// <summary>What a <see cref="Poller"/> waits for, and what it tells has happened.</summary>
[Flags]
public enum PollEvents
{
    /// <summary>Nothing. <see cref="HangUp"/> and <see cref="Error"/> are told all the same, except by select and kqueue.</summary>
    None = 0,

    /// <summary>A read does not block: data, a connection to accept, the end of what the peer sends, an error.</summary>
    Readable = 1 << 0,

    /// <summary>A write does not block: room, a connection that is made, an error.</summary>
    Writable = 1 << 1,

    /// <summary>Out-of-band data (section 24.2), or what else the descriptor holds to be urgent. FreeBSD's kqueue does not have it.</summary>
    Priority = 1 << 2,

    /// <summary>Both directions are closed. It need not be asked for; who waits for reading or writing gets that with it.</summary>
    HangUp = 1 << 3,

    /// <summary>The peer is done sending; data may still be there. It has to be asked for; select needs <see cref="Readable"/> with it.</summary>
    PeerClosed = 1 << 4,

    /// <summary>SO_ERROR is set, or the reader of a pipe is gone. It need not be asked for; who waits for reading or writing gets that with it.</summary>
    Error = 1 << 5,
}
