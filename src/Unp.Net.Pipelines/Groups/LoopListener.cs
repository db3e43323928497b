using System.Runtime.InteropServices;
using static Unp.Net.Libc;

namespace Unp.Net.Pipelines;

/// <summary>What listens for an <see cref="EventLoopGroup"/>; disposing it ends the listening, not the connections.</summary>
public sealed class LoopListener : IDisposable, IAsyncDisposable
{
    /// <summary>How long one waits that found no descriptor free: the others close theirs without telling.</summary>
    static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(100);

    readonly EventLoopGroup group;
    readonly Func<LoopSocket, Task> serve;
    readonly List<LoopSocket> listeners = [];

    internal LoopListener(EventLoopGroup group, IReadOnlyList<SafeHandle> listening, Func<LoopSocket, Task> serve, bool leaveOpen)
    {
        this.group = group;
        this.serve = serve;
        try
        {
            if (listening.Count != 1 && listening.Count != group.Count)
                throw new ArgumentException($"{listening.Count} sockets are neither one nor one for each of {group.Count} loops.", nameof(listening));
            Address = Libunp.Getsockname(listening[0]);
            for (int i = 0; i < listening.Count; i++)
                listeners.Add(new LoopSocket(group[i], listening[i], leaveOpen));
        }
        catch
        {
            Dispose();
            foreach (SafeHandle fd in leaveOpen ? [] : listening)
                fd.Dispose();
            throw;
        }
        bool isDealtOut = listening.Count < group.Count;
        foreach (LoopSocket listener in listeners)
            listener.Loop.Start(() => AcceptAll(listener, isDealtOut ? NextOpen : () => listener.Loop));
    }

    /// <summary>Where it listens, with the port that the kernel chose.</summary>
    public SockAddr Address { get; }

    /// <summary>
    /// Is told, on the loop that listens, of a client that cannot be served, and why: an <see cref="ArgumentOutOfRangeException"/>, its descriptor does not fit
    /// (select only; its connection is closed); a <see cref="UnpException"/>, no descriptor is free, or no memory (EMFILE, ENFILE, ENOBUFS, ENOMEM; it waits until
    /// there is, as do those who come after it, and that is told once). The others are served on. Null (the default) for nobody.
    /// </summary>
    public Action<LoopListener, Exception>? OnRefused { get; set; }

    /// <summary>Listens no more. Clients that wait in the queue get a reset.</summary>
    public void Dispose() => listeners.ForEach(listener => listener.Dispose());

    /// <summary>As <see cref="Dispose"/>, and completes when the address is free again.</summary>
    public async ValueTask DisposeAsync()
    {
        foreach (LoopSocket listener in listeners)
            await listener.DisposeAsync().ConfigureAwait(false);
    }

    /// <summary>Opens what listens at an address: one socket for all loops, or one for each.</summary>
    internal static List<Fd> Listen(in SockAddr address, int loops, bool? reusePort, int backlog)
    {
        bool canShare = (OperatingSystem.IsLinux() || OperatingSystem.IsFreeBSD()) && address.Family is var family && (family == AF_INET || family == AF_INET6);
        if (reusePort == true && !canShare)
            throw new NotSupportedException($"The kernel does not deal out the connections of {address} among several listening sockets here.");
        bool shares = reusePort ?? (canShare && loops > 1);
        var listening = new List<Fd>();
        try
        {
            listening.Add(Listen(in address, shares, backlog));
            SockAddr bound = Libunp.Getsockname(listening[0]);
            while (shares && listening.Count < loops)
                listening.Add(Listen(in bound, shares, backlog));
            return listening;
        }
        catch
        {
            listening.ForEach(fd => fd.Dispose());
            throw;
        }
    }

    static Fd Listen(in SockAddr address, bool shares, int backlog)
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
            return fd;
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
        bool isShort = false;
        try
        {
            while (true)
            {
                Exception? refused = await AcceptNext(listener, owner()).ConfigureAwait(false);
                bool isShortNow = refused is UnpException;
                if (refused is not null && !(isShort && isShortNow))
                    OnRefused?.Invoke(this, refused);
                isShort = isShortNow;
                if (isShort)
                    await loop.Delay(Patience, loop.Stopping).ConfigureAwait(false);
            }
        }
        catch (Exception e) when (e is ObjectDisposedException or OperationCanceledException)
        {
            // Disposed, or stopping.
        }
    }

    /// <summary>The next loop, in turn, that has not ended: one that fails does not take the others with it.</summary>
    EventLoop NextOpen()
    {
        EventLoop next = group.Next();
        for (int others = group.Count - 1; others > 0 && next.IsClosed; others--)
            next = group.Next();
        return next;
    }

    /// <summary>Serves the next connection, or tells why it cannot be: there is no descriptor for it, or select has no room for that.</summary>
    async ValueTask<Exception?> AcceptNext(LoopSocket listener, EventLoop owner)
    {
        try
        {
            Begin(await listener.AcceptAsync(owner, listener.Loop.Stopping).ConfigureAwait(false));
            return null;
        }
        catch (Exception e) when (e is ArgumentOutOfRangeException || e is UnpException failed && IsShortage(failed.Errno))
        {
            return e;
        }
        catch (ObjectDisposedException) when (!listener.IsDisposed)
        {
            return null; // its loop has ended while it was waited for; it is closed
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
