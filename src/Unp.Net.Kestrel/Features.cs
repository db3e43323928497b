using Unp.Net.Pipelines;

namespace Unp.Net.Kestrel;

/// <summary>A feature of connections of this transport: the socket under them.</summary>
public interface ILoopSocketFeature
{
    /// <summary>
    /// The socket, for its loop, its options and addresses (<see cref="LoopSocket.Descriptor"/>). It is the transport's to receive, send and close.
    /// </summary>
    LoopSocket LoopSocket { get; }
}

/// <summary>A feature of connections of unix sockets: who the client is, by the kernel's word.</summary>
public interface IPeerCredentialsFeature
{
    /// <summary>The process, user and group that connected: <see cref="Libunp.Getpeercred"/>, which says what that is worth.</summary>
    /// <exception cref="ObjectDisposedException">The connection is closed.</exception>
    PeerCredentials PeerCredentials { get; }
}
