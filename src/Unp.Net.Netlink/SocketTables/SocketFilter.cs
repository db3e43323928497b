using static Unp.Net.Libc;

namespace Unp.Net.Netlink;

/// <summary>The sockets that a listing by <see cref="SocketTable"/> returns. The kernel selects them.</summary>
public sealed record SocketFilter
{
    // Between SYN and the end of the handshake, a server's connection has one of two states, which are both reported as SYN_RECV.
    const int TCP_NEW_SYN_RECV = 12;

    /// <summary>The states, or null for all.</summary>
    public IReadOnlyCollection<TcpState>? States { get; init; }

    /// <summary>AF_INET or AF_INET6, or 0 for both. Unix domain sockets ignore it.</summary>
    public int Family { get; init; }

    /// <summary>The local port, or 0 for any. Unix domain sockets ignore it.</summary>
    public int LocalPort { get; init; }

    /// <summary>The remote port, or 0 for any. Unix domain sockets ignore it.</summary>
    public int RemotePort { get; init; }

    internal static SocketFilter All { get; } = new();

    /// <summary>Checks the properties.</summary>
    /// <exception cref="ArgumentException">A port is not 0 to 65535, or a state is unknown.</exception>
    /// <exception cref="UnpException">EAFNOSUPPORT: the family is neither AF_INET nor AF_INET6 nor 0.</exception>
    public void Validate()
    {
        if (Family != AF_UNSPEC && Family != AF_INET && Family != AF_INET6)
            throw new UnpException(Errno.EAFNOSUPPORT, nameof(SocketFilter), $"family {Family}");
        CheckPort(LocalPort, nameof(LocalPort));
        CheckPort(RemotePort, nameof(RemotePort));
        _ = Mask;
    }

    /// <summary>Gets the bits of the states in a request.</summary>
    internal uint Mask
    {
        get
        {
            if (States is null)
                return (1u << (TCP_NEW_SYN_RECV + 1)) - 1;
            uint mask = 0;
            foreach (TcpState state in States)
                mask |= 1u << Number(state);
            return (mask & (1u << TCP_SYN_RECV)) != 0 ? mask | (1u << TCP_NEW_SYN_RECV) : mask;
        }
    }

    internal static TcpState State(int number) =>
        number == TCP_NEW_SYN_RECV ? TcpState.SynReceived
        : Array.IndexOf(Numbers, number) is >= 0 and var state ? (TcpState)state
        : TcpState.Closed;

    /// <summary>Gets the kernel's number of each state, in the order of <see cref="TcpState"/>.</summary>
    static int[] Numbers { get; } =
    [
        TCP_CLOSE, TCP_LISTEN, TCP_SYN_SENT, TCP_SYN_RECV, TCP_ESTABLISHED, TCP_CLOSE_WAIT, TCP_FIN_WAIT1, TCP_CLOSING, TCP_LAST_ACK,
        TCP_FIN_WAIT2, TCP_TIME_WAIT,
    ];

    static int Number(TcpState state) =>
        (uint)state < (uint)Numbers.Length ? Numbers[(int)state]
        : throw new ArgumentException($"{state} is no state of a connection.", nameof(state));

    static void CheckPort(int port, string name)
    {
        if (port is < 0 or > 65535)
            throw new ArgumentException($"{name} must be 0 to 65535, but is {port}.", name);
    }
}
