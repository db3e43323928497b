namespace Unp.Net.Pipelines.Tests.Faults;

/// <summary>
/// A peer that follows a plan on its own thread. It uses blocking system calls only, so it does not depend on the tested code.
/// </summary>
sealed class FaultyPeer(Fd fd, FaultPlan plan)
{
    readonly List<byte> got = [];

    /// <summary>The bytes that it has received.</summary>
    public byte[] Got => [.. got];

    /// <summary>Whether it has received the end of the stream.</summary>
    public bool SawEnd { get; private set; }

    public Task Run() => Task.Factory.StartNew(Act, TaskCreationOptions.LongRunning);

    void Act()
    {
        using (fd)
        {
            bool isSending = true;
            int sent = 0;
            foreach (PeerStep step in plan.Peer)
            {
                switch (step.Act)
                {
                    case PeerAct.Write when isSending:
                        isSending = Send(plan.PeerSent.AsSpan(sent, step.Size));
                        sent += step.Size;
                        break;
                    case PeerAct.Read:
                        Receive(step.Size);
                        break;
                    case PeerAct.Pause:
                        Thread.Sleep(TimeSpan.FromMicroseconds(step.Size % 2000));
                        break;
                    case PeerAct.EndSending when isSending:
                        _ = shutdown(fd, SHUT_WR);
                        isSending = false;
                        break;
                }
            }
            if (plan.Resets)
            {
                Setsockopt(fd, SocketOptions.Linger, TimeSpan.Zero);
                return;
            }
            _ = shutdown(fd, SHUT_WR);
            Receive(int.MaxValue);
        }
    }

    /// <summary>Sends all bytes. Returns false if the connection is lost.</summary>
    bool Send(ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            nint n = send(fd, bytes, MSG_NOSIGNAL);
            if (n < 0)
            {
                ThrowUnlessLost();
                return false;
            }
            bytes = bytes[(int)n..];
        }
        return true;
    }

    void Receive(int max)
    {
        Span<byte> buffer = new byte[Math.Min(max, 10_000)];
        while (max > 0 && !SawEnd)
        {
            nint n = recv(fd, buffer[..Math.Min(max, buffer.Length)], 0);
            if (n < 0)
            {
                ThrowUnlessLost();
                return;
            }
            SawEnd = n == 0;
            got.AddRange(buffer[..(int)n]);
            max -= (int)n;
        }
    }

    /// <summary>Throws unless the last error says that the connection is lost.</summary>
    static void ThrowUnlessLost()
    {
        if (Errno.Last != Errno.ECONNRESET && Errno.Last != Errno.EPIPE && Errno.Last != Errno.ENOTCONN)
            throw new UnpException(Errno.Last, "the peer");
    }
}
