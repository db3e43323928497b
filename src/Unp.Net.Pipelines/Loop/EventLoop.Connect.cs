namespace Unp.Net.Pipelines;

// Outgoing connections.
public sealed partial class EventLoop
{
    /// <summary>Connects to a server, and returns the connected socket. Any thread may call it.</summary>
    /// <remarks>
    /// The socket has the type SOCK_STREAM and the address family of <paramref name="address"/>. If the method fails, it closes the socket.
    /// For other types, or for socket options before the connect, use <see cref="LoopSocket.ConnectAsync"/>.
    /// </remarks>
    /// <param name="address">The address of the server.</param>
    /// <param name="cancellationToken">Cancels the wait with an <see cref="OperationCanceledException"/>.</param>
    /// <returns>
    /// The socket, which belongs to the caller. The continuation runs as that of <see cref="RunAsync(Func{Task})"/>.
    /// </returns>
    /// <exception cref="UnpException">
    /// ECONNREFUSED, ETIMEDOUT, EHOSTUNREACH, ENETUNREACH, ENOENT... (<c>connect(2)</c>), or EMFILE (<c>socket(2)</c>).
    /// </exception>
    /// <exception cref="ArgumentOutOfRangeException">The descriptor does not fit into the set (select only).</exception>
    /// <exception cref="ObjectDisposedException">The loop has ended, or ends during the connect.</exception>
    public Task<LoopSocket> ConnectAsync(in SockAddr address, CancellationToken cancellationToken = default) =>
        ForCaller(ConnectOnLoopAsync(address, cancellationToken));

    async Task<LoopSocket> ConnectOnLoopAsync(SockAddr address, CancellationToken cancellationToken)
    {
        await SwitchTo();
        cancellationToken.ThrowIfCancellationRequested();
        Fd descriptor = Libunp.Socket(address.Family, Libc.SOCK_STREAM);
        LoopSocket? socket = null;
        try
        {
            socket = new LoopSocket(this, descriptor);
            await socket.ConnectAsync(address, cancellationToken).ConfigureAwait(false);
            return socket;
        }
        catch
        {
            if (socket is null)
                descriptor.Dispose();
            socket?.Dispose();
            throw;
        }
    }
}
