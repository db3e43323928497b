using System.CommandLine;
using System.Runtime.InteropServices;
using Unp.Net.Pipelines;

namespace Unp.Samples;

/// <summary>What can be chosen beside the book's own arguments, and what every server does about it.</summary>
/// <param name="port">The port in place of the book's, or null.</param>
/// <param name="bind">A server's address in place of the wildcard, or null.</param>
/// <param name="parsed">The command line, for the options that only one program has.</param>
sealed class Options(int? port, string? bind, ParseResult? parsed = null) : IDisposable
{
    readonly List<PosixSignalRegistration> stops = [];

    public int? Port => port;

    /// <summary>What was chosen for one of the <see cref="BookProgram.Own"/> options; nothing where it was left out.</summary>
    public T? Value<T>(Option<T> own) => parsed is null ? default : parsed.GetValue(own);

    /// <summary>Where a server listens: the wildcard of the book's family and the book's port, or what was chosen.</summary>
    public SockAddr ServerAddress(int family, int bookPort) =>
        bind is null ? SockAddr.Any(family, port ?? bookPort) : SockAddr.Inet(bind, port ?? bookPort);

    /// <summary>
    /// A server is ready: from now on SIGINT and SIGTERM end it with status 0, and where the kernel chose the port, or somebody another path than the
    /// book's, it tells on standard error where it listens, for whoever started it.
    /// </summary>
    /// <param name="listenfd">The server's socket.</param>
    /// <param name="service">The port or service in the book's own arguments, where there is one; it is not <see cref="Port"/>.</param>
    /// <param name="handlesSigint">The program has a handler of its own for SIGINT, which alone decides what that does.</param>
    public void Ready(Fd listenfd, string? service = null, bool handlesSigint = false)
    {
        if (!handlesSigint)
            StopBy(PosixSignal.SIGINT);
        StopBy(PosixSignal.SIGTERM);
        Tell(Getsockname(listenfd), service);
    }

    /// <inheritdoc cref="Ready(Fd, string?, bool)"/>
    /// <param name="listener">What listens.</param>
    public void Ready(LoopListener listener)
    {
        StopBy(PosixSignal.SIGINT);
        StopBy(PosixSignal.SIGTERM);
        Tell(listener.Address);
    }

    /// <summary>Tells where a server listens that ends by signals in its own way, where that is not the book's port or path.</summary>
    public void Tell(in SockAddr local, string? service = null)
    {
        bool isOtherPath = local.Family == AF_UNIX && local.Path is not (UNIXSTR_PATH or UNIXDG_PATH);
        if (isOtherPath || (service ?? $"{port}") == "0")
            err_msg($"listening on {Sock_ntop(local)}");
    }

    public void Dispose() => stops.ForEach(stop => stop.Dispose());

    void StopBy(PosixSignal signal) => stops.Add(PosixSignalRegistration.Create(signal, Stop));

    /// <summary>A server has no end of its own. The kernel closes its sockets; clients that are connected see the end of the connection.</summary>
    static void Stop(PosixSignalContext signal) => Environment.Exit(0);
}
