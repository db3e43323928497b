using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Net.Sockets;

namespace Unp.Net.Pipelines.Tests.Groups;

/// <summary>Tests that an exception which reports the loss of the peer is counted, and ends only its connection.</summary>
public class ConnectionLossTests : LoopSuite
{
    public static TheoryData<Exception> Losses =>
    [
        new UnpException(Errno.ECONNRESET, "recv"),
        new UnpException(Errno.EPIPE, "send"),
        new UnpException(Errno.ETIMEDOUT, "recv"),
        new UnpException(Errno.ECONNABORTED, "recv"),
        new UnpException(Errno.EHOSTUNREACH, "recv"),
        new UnpException(Errno.ENETUNREACH, "recv"),
        new UnpException(Errno.ENETRESET, "recv"),
        new UnpException(Errno.ENOTCONN, "shutdown"),
        new SocketException((int)SocketError.ConnectionReset),
        new IOException("The read failed.", new UnpException(Errno.ECONNRESET, "recv")),
        new IOException("The read failed.", new IOException("The read failed.", new SocketException((int)SocketError.TimedOut))),
        new AggregateException(new UnpException(Errno.ECONNRESET, "recv"), new UnpException(Errno.EPIPE, "send")),
    ];

    public static TheoryData<Exception> Faults =>
    [
        new FormatException(),
        new IOException("The disk is full."),
        new UnpException(Errno.ECONNREFUSED, "connect"),
        new UnpException(Errno.EMFILE, "socket"),
        new UnpException(Errno.EINVAL, "setsockopt"),
        new InvalidOperationException("A fault.", new UnpException(Errno.ECONNRESET, "recv")),
        new AggregateException(new UnpException(Errno.ECONNRESET, "recv"), new FormatException()),
        new AggregateException(),
    ];

    [Theory, MemberData(nameof(Losses))]
    public void Loss_is_counted_and_others_are_served(Exception loss)
    {
        var (reported, lost) = Serve(loss);
        Assert.Same(loss, Assert.Single(reported));
        Assert.Equal(1, lost);
    }

    [Theory, MemberData(nameof(Faults))]
    public void Fault_is_reported_and_not_counted(Exception fault)
    {
        var (reported, lost) = Serve(fault);
        Assert.Same(fault, Assert.Single(reported));
        Assert.Equal(0, lost);
    }

    /// <summary>
    /// Serves a first client by throwing, and a second client normally. Returns the reported exceptions and the counted losses.
    /// </summary>
    static (Exception[] Reported, long Lost) Serve(Exception exception)
    {
        var reported = new ConcurrentQueue<Exception>();
        long lost = 0;
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, listener) =>
            {
                if (instrument.Name == "unp.loop.connections.lost")
                    listener.EnableMeasurementEvents(instrument);
            },
        };
        listener.SetMeasurementEventCallback<long>((_, value, tags, _) =>
        {
            if (tags.Contains(new KeyValuePair<string, object?>("unp.loop.name", "loses")))
                Interlocked.Add(ref lost, value);
        });
        listener.Start();

        var options = new EventLoopOptions { Name = "loses", OnException = (_, each) => reported.Enqueue(each) };
        using (var group = new EventLoopGroup(1, _ => options))
        {
            bool hasThrown = false;
            LoopListener server = group.Serve(SockAddr.Loopback(AF_INET), async socket =>
            {
                await socket.ReceiveAsync(new byte[1]);
                if (!hasThrown)
                {
                    hasThrown = true;
                    throw exception;
                }
                await socket.SendAsync(new byte[1]);
            });
            for (int i = 0; i < 2; i++)
            {
                using Fd client = Loopback.Limited(Socket(AF_INET, SOCK_STREAM));
                Connect(client, server.Address);
                Writen(client, "x"u8);
                Assert.Equal(i, Read(client, new byte[1]));
            }
        }
        return ([.. reported], lost);
    }
}
