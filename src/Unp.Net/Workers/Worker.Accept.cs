using static Unp.Net.Libc;

namespace Unp.Net;

public sealed partial class Worker
{
    /// <summary>
    /// Waits for the next connection and returns it, in the pool's <see cref="AcceptMode"/>. Several threads may call the method at the
    /// same time.
    /// </summary>
    /// <returns>
    /// The connection, which the caller must dispose. Null if the worker must end (<see cref="Draining"/>); every further call then returns
    /// null, too.
    /// </returns>
    /// <exception cref="UnpException">
    /// EMFILE or ENFILE: no descriptor is free. The client keeps waiting, but with <see cref="AcceptMode.Passing"/> its connection is lost.
    /// EINVAL: the socket does not listen.
    /// </exception>
    public Fd? Accept() => mode == AcceptMode.Passing ? TakePassed() : AcceptInTurn(out _);

    /// <inheritdoc cref="Accept()"/>
    /// <param name="peer">The client's address, or the empty address if the client has already gone.</param>
    public Fd? Accept(out SockAddr peer)
    {
        if (mode != AcceptMode.Passing)
            return AcceptInTurn(out peer);
        Fd? passed = TakePassed();
        if (passed is null || getpeername(passed, out peer) < 0)
            peer = default;
        return passed;
    }

    Fd? AcceptInTurn(out SockAddr peer)
    {
        peer = default;
        if (interrupter.TryEnter())
        {
            try
            {
                Ready();
                if (turn.Wait(interrupter))
                {
                    try
                    {
                        if (AcceptNext(out peer) is { } connection)
                            return connection;
                    }
                    finally
                    {
                        turn.Release();
                    }
                }
            }
            finally
            {
                interrupter.Leave();
            }
        }
        CloseListener();
        return null;
    }

    /// <summary>Calls accept until it returns a connection, or until a signal of <see cref="interrupter"/> ends the wait.</summary>
    Fd? AcceptNext(out SockAddr peer)
    {
        peer = default;
        Fd listener = Listener;
        while (!interrupter.IsRequested)
        {
            if (Libunp.TryAcceptOnce(listener, out Fd? connection, out peer))
                return connection;
            if (Errno.Last == Errno.EAGAIN)
                WaitReadable(listener);
            else if (!Libunp.IsPassing(listener))
                throw Libunp.FailedToAccept(listener);
        }
        return null;
    }

    /// <summary>Waits for a connection if other code has made the shared socket non-blocking.</summary>
    static unsafe void WaitReadable(Fd listener)
    {
        var wanted = new pollfd { fd = (int)listener.DangerousGetHandle(), events = POLLIN };
        _ = poll(&wanted, 1, -1);
    }

    Fd? TakePassed()
    {
        if (!interrupter.TryEnter())
            return null;
        try
        {
            Ready();
            Fd queue = descriptors[WorkerProtocol.Queue];
            if (draining.IsCancellationRequested || send(queue, [0], MSG_NOSIGNAL) < 0)
                return null;
            Span<byte> none = stackalloc byte[1];
            int n;
            Fd? connection;
            do
                n = Libunp.read_fd(queue, none, out connection);
            while (Libunp.Interrupted(n));
            if (n <= 0)
                return null; // the pool has closed the queue, or its process has ended
            return connection ?? throw new UnpException(Errno.EMFILE, "read_fd");
        }
        finally
        {
            interrupter.Leave();
        }
    }

    /// <summary>
    /// Closes this worker's descriptor of the listening socket when the last thread has left accept. Once all workers and the pool have
    /// closed theirs, new clients are refused and do not wait in vain. A thread that does not return from accept keeps the socket open.
    /// </summary>
    void CloseListener()
    {
        if (interrupter.Request())
            Listener.Dispose();
    }
}
