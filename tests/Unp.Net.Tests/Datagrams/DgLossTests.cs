using System.Text;

namespace Unp.Net.Tests.Datagrams;

/// <summary>Tests reliable UDP over networks that lose, duplicate and delay datagrams. The clock is faster than the real one.</summary>
public class DgLossTests
{
    const int Lines = 40;

    /// <summary>The firewall of a separate host drops exactly 30 % of the requests and 30 % of the answers, three in a row.</summary>
    [Fact]
    public void Every_line_arrives_once_and_in_order_despite_nft_loss()
    {
        Peer.Require("nft");
        using var host = new NetworkNamespace();
        using Fd server = host.Socket(AF_INET, SOCK_DGRAM), client = host.Socket(AF_INET, SOCK_DGRAM);
        Bind(server, SockAddr.Loopback(AF_INET));
        SockAddr address = Getsockname(server);
        host.Run(
            $$"""
            nft 'add table ip lossy
            add chain ip lossy in { type filter hook input priority 0; }
            add rule ip lossy in udp dport {{address.Port}} numgen inc mod 10 < 3 drop
            add rule ip lossy in udp sport {{address.Port}} numgen inc mod 10 < 3 drop'
            """);
        using DgExchange exchange = ExchangeAll(client, address, server);
        Assert.InRange(exchange.RetransmitCount, Lines / 2, int.MaxValue);
    }

    /// <summary>
    /// Of each ten datagrams of a direction the relay drops three, sends two twice, and delays one until a later one passes.
    /// </summary>
    [Theory]
    [InlineData(1)]
    public void Every_line_arrives_once_and_in_order_despite_bad_relay(int seed)
    {
        using Fd server = Loopback.Datagram(), client = Loopback.Datagram();
        using Fd front = Loopback.Datagram(), back = Loopback.Datagram();
        Connect(back, Getsockname(server));
        var requests = new BlockedThread<bool>(() => Relay(front, back, default, seed));
        var answers = new BlockedThread<bool>(() => Relay(back, front, Getsockname(client), seed + 100));
        using DgExchange exchange = ExchangeAll(client, Getsockname(front), server);
        Assert.InRange(exchange.RetransmitCount, 1, int.MaxValue);
        Assert.InRange(exchange.DuplicateCount, 1, int.MaxValue);
        EndReading(front);
        EndReading(back);
        Assert.True(requests.Result && answers.Result);
    }

    static DgExchange ExchangeAll(Fd client, SockAddr address, Fd server)
    {
        var serving = new BlockedThread<bool>(() => Echo(server));
        var exchange = new DgExchange(new FastTime(1000), maxRetransmits: 100);
        byte[] answer = new byte[100];
        for (int i = 0; i < Lines; i++)
        {
            string line = $"line {i}\n";
            int n = Dg_send_recv(client, Encoding.Latin1.GetBytes(line), answer, exchange, address);
            Assert.Equal(line, Encoding.Latin1.GetString(answer, 0, n));
        }
        EndReading(server);
        Assert.True(serving.Result);
        return exchange;
    }

    /// <summary>Ends a blocked read. The call fails because the socket has no peer, but Linux wakes the reader.</summary>
    static void EndReading(Fd fd) => _ = shutdown(fd, SHUT_RD);

    static bool Echo(Fd server)
    {
        byte[] buffer = new byte[100];
        nint n;
        while ((n = recvfrom(server, buffer, 0, out SockAddr from)) > 0)
            Sendto(server, buffer.AsSpan(0, (int)n), 0, from);
        return true;
    }

    static bool Relay(Fd from, Fd to, SockAddr receiver, int seed)
    {
        // The number of losses in a row is limited, because each one doubles the timeout.
        const string Fates = "lllttdpppp";
        char[] fates = Fates.ToCharArray();
        var random = new Random(seed);
        byte[] buffer = new byte[100];
        byte[] delayed = [];
        nint n;
        for (int count = 0; (n = recv(from, buffer, 0)) > 0; count++)
        {
            if (count % fates.Length == 0)
                random.Shuffle(fates);
            byte[] datagram = buffer[..(int)n];
            char fate = fates[count % fates.Length];
            if (fate == 'd')
                (datagram, delayed) = (delayed, datagram);
            for (int copies = fate switch { 'l' => 0, 't' => 2, _ => 1 }; copies > 0 && datagram.Length > 0; copies--)
                Sendmsg(to, datagram, to: receiver);
        }
        return true;
    }

    /// <summary>The system's clock, several times as fast.</summary>
    sealed class FastTime(int factor) : TimeProvider
    {
        public override long TimestampFrequency => System.TimestampFrequency / factor;

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
            new FastTimer(System.CreateTimer(callback, state, dueTime, period), factor);

        sealed class FastTimer(ITimer timer, int factor) : ITimer
        {
            public bool Change(TimeSpan dueTime, TimeSpan period) => timer.Change(dueTime / factor, period);

            public void Dispose() => timer.Dispose();

            public ValueTask DisposeAsync() => timer.DisposeAsync();
        }
    }
}
