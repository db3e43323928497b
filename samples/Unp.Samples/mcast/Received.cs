namespace Unp.Samples.mcast;

/// <summary>The output of the programs that print each datagram with its sender.</summary>
static class Received
{
    /// <summary>Prints <c>from 192.0.2.1: </c> and the datagram, which contains its newline.</summary>
    public static void Print(in SockAddr from, ReadOnlySpan<byte> datagram) => Print(Sock_ntop_host(from), datagram);

    /// <inheritdoc cref="Print(in SockAddr, ReadOnlySpan{byte})"/>
    public static void Print(string from, ReadOnlySpan<byte> datagram)
    {
        Console.Write($"from {from}: ");
        Write(Fd.StandardOutput, datagram);
    }
}
