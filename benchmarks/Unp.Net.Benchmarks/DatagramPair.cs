using static Unp.Net.Libc;
using static Unp.Net.Libunp;

namespace Unp.Net.Benchmarks;

/// <summary>Two UDP sockets of the loopback interface: one sends to the other.</summary>
sealed class DatagramPair : IDisposable
{
    /// <summary>The size of a datagram in bytes.</summary>
    public const int Size = 64;

    /// <summary>The number of datagrams per call if the kernel segments them.</summary>
    public const int Segments = 64;

    public DatagramPair()
    {
        Receiver = Socket(AF_INET, SOCK_DGRAM);
        Bind(Receiver, SockAddr.Loopback(AF_INET));
        Sender = Socket(AF_INET, SOCK_DGRAM);
        Connect(Sender, Getsockname(Receiver));
    }

    public Fd Sender { get; }

    public Fd Receiver { get; }

    public int SenderNumber => (int)Sender.DangerousGetHandle();

    public int ReceiverNumber => (int)Receiver.DangerousGetHandle();

    /// <summary>Throws if a datagram was lost or truncated, because the measurement is then void.</summary>
    public static long Checked(long sum, long datagrams, int each = Size) =>
        sum == datagrams * each ? sum : throw new InvalidOperationException($"{sum} instead of {datagrams} times {each}");

    public void Dispose()
    {
        Sender.Dispose();
        Receiver.Dispose();
    }
}
