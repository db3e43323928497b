using static Unp.Net.Libc;

namespace Unp.Net.Pipelines;

/// <summary>What listens for an <see cref="EventLoopGroup"/>; disposing it ends the listening, not the connections.</summary>
public sealed class LoopListener : IDisposable
{
    /// <summary>How long one waits that found no descriptor free: the others close theirs without telling.</summary>
    static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(100);

    readonly EventLoopGroup group;
    readonly Func<LoopSocket, Task> serve;
    readonly List<LoopSocket> listeners = [];

    internal LoopListener(EventLoopGroup group, in SockAddr address, Func<LoopSocket, Task> serve, bool? reusePort, int backlog)
    {
        this.group = group;
        this.serve = serve;
        bool canShare = (OperatingSystem.IsLinux() || OperatingSystem.IsFreeBSD()) && address.Family is var family && (family == AF_INET || family == AF_INET6);
        if (reusePort == true && !canShare)
            throw new NotSupportedException($"The kernel does not deal out the connections of {address} among several listening sockets here.");
        bool shares = reusePort ?? (canShare && group.Count > 1);
        try
        {
            Address = Listen(group[0], in address, shares, backlog);
            for (int i = 1; shares && i < group.Count; i++)
                Listen(group[i], Address, shares, backlog);
        }
        catch
        {
            Dispose();
            throw;
        }
        foreach (LoopSocket listener in listeners)
            listener.Loop.Start(() => AcceptAll(listener, shares ? () => listener.Loop : group.Next));
    }

    /// <summary>Where it listens, with the port that the kernel chose.</summary>
    public SockAddr Address { get; }

    /// <summary>Listens no more. Clients that wait in the queue get a reset.</summary>
    public void Dispose() => listeners.ForEach(listener => listener.Dispose());

    SockAddr Listen(EventLoop loop, in SockAddr address, bool shares, int backlog)
    {
        Fd fd = Libunp.Socket(address.Family, SOCK_STREAM);
        try
        {
            if (address.Family != AF_UNIX)
                Libunp.Setsockopt(fd, SocketOptions.ReuseAddr, true);
            if (shares)
                Libunp.Setsockopt(fd, OperatingSystem.IsFreeBSD() ? SocketOptions.ReusePortLb : SocketOptions.ReusePort, true);
            Libunp.Bind(fd, in address);
            Libunp.Listen(fd, backlog);
            SockAddr bound = Libunp.Getsockname(fd);
            listeners.Add(new LoopSocket(loop, fd));
            return bound;
        }
        catch
        {
            fd.Dispose();
            throw;
        }
    }

    async Task AcceptAll(LoopSocket listener, Func<EventLoop> owner)
    {
        using LoopSocket listening = listener;
        EventLoop loop = listener.Loop;
        try
        {
            while (true)
            {
                if (await TryAccept(listener, owner()).ConfigureAwait(false) is { } connection)
                    Begin(connection);
                else
                    await loop.Delay(Patience, loop.Stopping).ConfigureAwait(false);
            }
        }
        catch (Exception e) when (e is ObjectDisposedException or OperationCanceledException)
        {
            // Disposed, or stopping.
        }
    }

    /// <summary>Null when there is no descriptor for another connection, or select has no room for it.</summary>
    static async ValueTask<LoopSocket?> TryAccept(LoopSocket listener, EventLoop owner)
    {
        try
        {
            return await listener.AcceptAsync(owner, listener.Loop.Stopping).ConfigureAwait(false);
        }
        catch (Exception e) when (e is ArgumentOutOfRangeException || e is UnpException failed && IsShortage(failed.Errno))
        {
            return null;
        }
    }

    void Begin(LoopSocket connection)
    {
        try
        {
            connection.Loop.Start(() => Serve(connection));
        }
        catch (ObjectDisposedException)
        {
            connection.Dispose(); // its loop has ended meanwhile
        }
    }

    async Task Serve(LoopSocket connection)
    {
        using (connection)
            await serve(connection).ConfigureAwait(false);
    }

    static bool IsShortage(Errno error) =>
        error == Errno.EMFILE || error == Errno.ENFILE || error == Errno.ENOBUFS || error == Errno.ENOMEM;
}
