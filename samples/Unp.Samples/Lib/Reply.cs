namespace Unp.Samples;

/// <summary>
/// The replies of a datagram server. A failed reply is printed and affects only its client, whereas C's <c>Sendto</c> ends the server.
/// </summary>
static class Reply
{
    /// <summary>Sends a reply and prints a failure.</summary>
    public static void Send(Fd sockfd, ReadOnlySpan<byte> reply, in SockAddr client)
    {
        if (sendto(sockfd, reply, 0, client) < 0)
            Lost(client, Errno.Last);
    }

    /// <summary>
    /// Prints that a reply was lost, for example because of source port 0, a firewall, an unreachable network or a removed path.
    /// </summary>
    public static void Lost(SockAddr client, Errno reason) => err_msg($"sendto error: {reason.Message} ({client})");
}
