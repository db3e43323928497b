namespace Unp.Samples;

/// <summary>
/// The answers of a datagram server. The failure of one is printed and concerns its client only, where C's <c>Sendto</c> ends the server.
/// </summary>
static class Reply
{
    /// <summary>Sends an answer.</summary>
    public static void Send(Fd sockfd, ReadOnlySpan<byte> answer, in SockAddr client)
    {
        if (sendto(sockfd, answer, 0, client) < 0)
            Lost(client, Errno.Last);
    }

    /// <summary>
    /// Prints that an answer was lost. A source port 0, a firewall, an unreachable network and a path that is gone are such cases.
    /// </summary>
    public static void Lost(SockAddr client, Errno reason) => err_msg($"sendto error: {reason.Message} ({client})");
}
