namespace Unp.Net;

/// <summary>The value of <c>SO_LINGER</c>: whether <c>close</c> waits for unsent data, and how long.</summary>
public struct linger
{
    /// <summary>
    /// 0: <c>close</c> returns immediately, and the kernel sends the rest in the background. Otherwise <c>close</c> waits up to
    /// <see cref="l_linger"/>.
    /// </summary>
    public int l_onoff;

    /// <summary>
    /// Seconds that <c>close</c> may block. 0: unsent data is discarded, and TCP sends a reset instead of a FIN.
    /// On macOS <c>SO_LINGER</c> counts clock ticks; <c>SO_LINGER_SEC</c> counts seconds there.
    /// </summary>
    public int l_linger;

    /// <summary>Returns the fields as <c>strace(1)</c> prints them: <c>"{l_onoff=1, l_linger=5}"</c>.</summary>
    public override readonly string ToString() => $"{{l_onoff={l_onoff}, l_linger={l_linger}}}";
}
