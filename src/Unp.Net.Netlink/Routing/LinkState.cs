namespace Unp.Net.Netlink;

/// <summary>Whether a link can carry packets, as defined by RFC 2863.</summary>
public enum LinkState
{
    /// <summary>The driver does not report it; the loopback has this state.</summary>
    Unknown,

    /// <summary>The hardware is missing.</summary>
    NotPresent,

    /// <summary>The link is down.</summary>
    Down,

    /// <summary>The link below this one is down.</summary>
    LowerLayerDown,

    /// <summary>The link is being tested.</summary>
    Testing,

    /// <summary>The link waits for an event, such as an authentication.</summary>
    Dormant,

    /// <summary>The link can carry packets.</summary>
    Up,
}
