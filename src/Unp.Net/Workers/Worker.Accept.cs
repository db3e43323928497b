using static Unp.Net.Libc;

namespace Unp.Net;

public sealed partial class Worker
{
    /// <summary>Takes the next connection, waiting for one, in the way that the pool's <see cref="AcceptMode"/> says. Any thread may call it, several at once.</summary>
    /// <returns>The connection, the caller's to dispose; null: the worker is to end (<see cref="Draining"/>), now and ever after.</returns>
    /// <exception cref="UnpException">EMFILE, ENFILE: no descriptor is free, and who waits goes on waiting (a passed connection is lost); EINVAL: not listening.</exception>
    public Fd? Accept() => mode == AcceptMode.Passing ? TakePassed() : AcceptInTurn(out _);

    /// <inheritdoc cref="Accept()"/>
    /// <param name="peer">The client's address; of one that is gone already, the empty one.</param>
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

    /// <summary>The call itself; a signal of <see cref="interrupter"/> is what ends it without a connection.</summary>
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
                throw new UnpException(Errno.Last, "accept");
        }
        return null;
    }

    /// <summary>Where somebody has made the socket non-blocking.</summary>
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
                return null; // the pool is done with this worker, or gone
            return connection ?? throw new UnpException(Errno.EMFILE, "read_fd");
        }
        finally
        {
            interrupter.Leave();
        }
    }

    /// <summary>
    /// This worker accepts no more. A client that comes when all have said so is refused, and does not wait for nobody. It is closed when the last thread has
    /// left accept, as none may be on its way there; one that does not leave goes on with it.
    /// </summary>
    void CloseListener()
    {
        if (interrupter.Request())
            Listener.Dispose();
    }
}
