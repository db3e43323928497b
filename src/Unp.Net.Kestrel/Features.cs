using Unp.Net.Pipelines;

namespace Unp.Net.Kestrel;

/// <summary>The connection feature that gives access to the socket of a connection of this transport.</summary>
public interface ILoopSocketFeature
{
    /// <summary>
    /// Gets the socket, to reach its loop and, by <see cref="LoopSocket.Descriptor"/>, its options and addresses. Only the transport may
    /// receive, send or close.
    /// </summary>
    LoopSocket LoopSocket { get; }
}

/// <summary>The connection feature with the credentials of a Unix socket's client, as the kernel reports them.</summary>
public interface IPeerCredentialsFeature
{
    /// <summary>
    /// Gets the process, user and group that connected. <see cref="Libunp.Getpeercred"/> describes how far they can be trusted.
    /// </summary>
    /// <exception cref="ObjectDisposedException">The connection is closed.</exception>
    PeerCredentials PeerCredentials { get; }
}
