namespace Unp.Samples.unixdomain;

/// <summary>Receives data with the sender's credentials, which the kernel vouches for (UNP 15.8).</summary>
static class Credentials
{
    /// <summary>Receives from a socket with SO_PASSCRED (figure 15.14).</summary>
    /// <param name="fd">The socket.</param>
    /// <param name="buf">The buffer for the data.</param>
    /// <param name="sender">The sender's process ID and its real user and group IDs, or null if the kernel passed none.</param>
    /// <returns>The number of bytes, or 0 at the end.</returns>
    public static int Read_cred(Fd fd, Span<byte> buf, out PeerCredentials? sender)
    {
        sender = null;
        Span<byte> control = stackalloc byte[ControlSpace.Credentials];
        ReceivedMessage message = Recvmsg(fd, buf, 0, control);
        foreach (ControlMessage one in message.Control)
        {
            if (one.TryGetCredentials(out PeerCredentials credentials))
                sender = credentials;
        }
        return message.Length;
    }
}
