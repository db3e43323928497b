namespace Unp.Samples.unixdomain;

/// <summary>Who has sent what came, by the kernel's word (section 15.8).</summary>
static class Credentials
{
    /// <summary>Receives from a socket with SO_PASSCRED (figure 15.14).</summary>
    /// <param name="fd">The socket.</param>
    /// <param name="buf">Room for the data.</param>
    /// <param name="sender">The sender's process and its real user and group; null when the kernel does not say.</param>
    /// <returns>How many bytes came; 0 at the end.</returns>
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
