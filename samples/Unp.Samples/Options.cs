namespace Unp.Samples;

/// <summary>What can be chosen beside the book's own arguments.</summary>
/// <param name="Port">The port in place of the book's.</param>
/// <param name="Bind">A server's address in place of the wildcard.</param>
sealed record Options(int? Port, string? Bind)
{
    /// <summary>Where a server listens: the wildcard of the book's family and the book's port, or what was chosen.</summary>
    public SockAddr ServerAddress(int family, int port) =>
        Bind is null ? SockAddr.Any(family, Port ?? port) : SockAddr.Inet(Bind, Port ?? port);

    /// <summary>Tells on standard error where a server listens when the port was left to the kernel, for whoever started it.</summary>
    public void Announce(Fd listenfd)
    {
        if (Port == 0)
            err_msg($"listening on {Sock_ntop(Getsockname(listenfd))}");
    }
}
