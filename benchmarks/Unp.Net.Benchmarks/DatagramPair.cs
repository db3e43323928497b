using static Unp.Net.Libc;
using static Unp.Net.Libunp;

namespace Unp.Net.Benchmarks;

/// <summary>Two UDP sockets of the loopback interface: what the one sends the other receives.</summary>
sealed class DatagramPair : IDisposable
{
    /// <summary>The bytes of a datagram.</summary>
    public const int Size = 64;

    /// <summary>How many datagrams go in one call where the kernel cuts them.</summary>
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

    /// <summary>A datagram that was lost or cut has not been measured.</summary>
    public static long Checked(long sum, long datagrams, int each = Size) =>
        sum == datagrams * each ? sum : throw new InvalidOperationException($"{sum} instead of {datagrams} times {each}");

    public void Dispose()
    {
        Sender.Dispose();
        Receiver.Dispose();
    }
}
