using System.Diagnostics.CodeAnalysis;

namespace Unp.Net.Packets;

/// <summary>The kinds of TCP options that have a name here. Other numbers are possible.</summary>
[SuppressMessage("Design", "CA1028", Justification = "The field has this size.")]
public enum TcpOptionKind : byte
{
    /// <summary>The end of the options.</summary>
    End = 0,

    /// <summary>One byte of padding.</summary>
    NoOperation = 1,

    /// <summary>The largest segment that the sender accepts (RFC 9293).</summary>
    MaximumSegmentSize = 2,

    /// <summary>The shift count of the window (RFC 7323).</summary>
    WindowScale = 3,

    /// <summary>The sender understands selective acknowledgments (RFC 2018).</summary>
    SackPermitted = 4,

    /// <summary>The blocks of data that arrived after a gap (RFC 2018).</summary>
    Sack = 5,

    /// <summary>A clock value and its echo (RFC 7323).</summary>
    Timestamps = 8,

    /// <summary>TCP over several paths (RFC 8684).</summary>
    Mptcp = 30,

    /// <summary>A cookie of TCP Fast Open (RFC 7413).</summary>
    FastOpen = 34,

    /// <summary>An experiment, whose number begins the data (RFC 6994).</summary>
    Experiment = 254,
}
