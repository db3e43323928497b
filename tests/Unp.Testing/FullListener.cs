using Unp.Net;
using static Unp.Net.Libunp;

namespace Unp.Testing;

/// <summary>A listener whose queue is full with one waiting connection. The next client waits in connect until the test accepts.</summary>
public sealed class FullListener : IDisposable
{
    readonly Fd queued;

    /// <param name="local">The local address. Port 0 means any port.</param>
    public FullListener(in SockAddr local)
    {
        Fd = Loopback.Listener(local, backlog: 0);
        Address = Getsockname(Fd);
        queued = Loopback.Connected(Fd);

        // The client's connect may return before the server receives the last segment of the handshake.
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
