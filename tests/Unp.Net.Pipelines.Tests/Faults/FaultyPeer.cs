namespace Unp.Net.Pipelines.Tests.Faults;

/// <summary>A peer that does what a plan says, by the kernel's own calls, which block, on a thread of its own: nothing of what is tested is in it.</summary>
sealed class FaultyPeer(Fd fd, FaultPlan plan)
{
    readonly List<byte> got = [];

    /// <summary>What it has received.</summary>
    public byte[] Got => [.. got];

    /// <summary>Whether that was all until the end.</summary>
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

    /// <summary>False when the other side has gone.</summary>
    bool Send(ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            nint n = send(fd, bytes, MSG_NOSIGNAL);
            if (n < 0)
                return IsGone();
            bytes = bytes[(int)n..];
        }
        return true;
    }

    void Receive(int most)
    {
        Span<byte> room = new byte[Math.Min(most, 10_000)];
        while (most > 0 && !SawEnd)
        {
            nint n = recv(fd, room[..Math.Min(most, room.Length)], 0);
            if (n < 0)
            {
                IsGone();
                return;
            }
            SawEnd = n == 0;
            got.AddRange(room[..(int)n]);
            most -= (int)n;
        }
    }

    /// <summary>False, or an exception for what is not that.</summary>
    static bool IsGone() => Errno.Last == Errno.ECONNRESET || Errno.Last == Errno.EPIPE || Errno.Last == Errno.ENOTCONN
        ? false
        : throw new UnpException(Errno.Last, "the peer");
}
