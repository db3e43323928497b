using Unp.Net;
using static Unp.Net.Libunp;

namespace Unp.Testing;

/// <summary>A listener whose queue is full, by the one connection that waits in it: the next client waits in connect until somebody accepts.</summary>
public sealed class FullListener : IDisposable
{
    readonly Fd queued;

    /// <param name="local">Where it listens; port 0 is any.</param>
    public FullListener(in SockAddr local)
    {
        Fd = Loopback.Listener(local, backlog: 0);
        Address = Getsockname(Fd);
        queued = Loopback.Connected(Fd);

        // The client's connect may be done before the server has the last segment of the handshake.
        Loopback.WaitUntilReadable(Fd);
    }

    public Fd Fd { get; }

    public SockAddr Address { get; }

    public void Dispose()
    {
        queued.Dispose();
        Fd.Dispose();
    }
}
