using System.CommandLine;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Runtime.InteropServices;
using Unp.Net.Pipelines;
using Unp.Samples.icmpd;

namespace Unp.Samples;

/// <summary>The options that the programs add to the book's arguments, and the duties that all servers share.</summary>
/// <param name="program">The name of the program.</param>
/// <param name="port">The port that replaces the book's port, or null.</param>
/// <param name="bind">The server address that replaces the wildcard, or null.</param>
/// <param name="parsed">The command line, which holds the options that only one program has.</param>
sealed class ProgramOptions(string program, int? port, string? bind, ParseResult? parsed = null) : IDisposable
{
    readonly List<PosixSignalRegistration> stops = [];

    public int? Port => port;

    public string? Bind => bind;

    /// <summary>Ends the program because its arguments are wrong, and prints the arguments that it takes.</summary>
    [DoesNotReturn]
    public void Usage(string arguments = "") => err_quit($"usage: {program} {arguments}".TrimEnd());

    /// <summary>Parses a number in a program's arguments, such as a descriptor.</summary>
    public static int Number(string text)
    {
        bool isNumber = int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number);
        return isNumber ? number : throw new FormatException($"{text} is not a number");
    }

    /// <summary>Returns the value of an option of <see cref="BookProgram.Own"/>, or the default if the option was not given.</summary>
    public T? Value<T>(Option<T> own) => parsed is null ? default : parsed.GetValue(own);

    /// <summary>Returns the address of a server: the chosen one, or the wildcard and the book's port.</summary>
    public SockAddr ServerAddress(int family, int bookPort) =>
        bind is null ? SockAddr.Any(family, port ?? bookPort) : SockAddr.Inet(bind, port ?? bookPort);

    /// <summary>
    /// Declares a server ready: SIGINT and SIGTERM now end it with status 0. Its address is printed on standard error if the kernel chose
    /// the port, or if the path differs from the book's.
    /// </summary>
    /// <param name="listenfd">The server's socket.</param>
    /// <param name="service">The port or service in the book's own arguments, if any. It differs from <see cref="Port"/>.</param>
    /// <param name="handlesSigint">Whether the program handles SIGINT itself.</param>
    public void Ready(Fd listenfd, string? service = null, bool handlesSigint = false) =>
        Ready(Getsockname(listenfd), service, handlesSigint);

    /// <inheritdoc cref="Ready(Fd, string?, bool)"/>
    /// <param name="listener">The listener.</param>
    public void Ready(LoopListener listener) => Ready(listener.Address);

    /// <inheritdoc cref="Ready(Fd, string?, bool)"/>
    /// <param name="local">The server's address.</param>
    /// <param name="service"><inheritdoc cref="Ready(Fd, string?, bool)" path="/param[@name='service']"/></param>
    /// <param name="handlesSigint"><inheritdoc cref="Ready(Fd, string?, bool)" path="/param[@name='handlesSigint']"/></param>
    public void Ready(in SockAddr local, string? service = null, bool handlesSigint = false)
    {
        if (!handlesSigint)
            StopBy(PosixSignal.SIGINT);
        StopBy(PosixSignal.SIGTERM);
        PrintAddress(local, service);
    }

    /// <summary>
    /// Prints where a server listens if that is not the book's port or path. It serves programs that handle their own signals.
    /// </summary>
    public void PrintAddress(in SockAddr local, string? service = null)
    {
        bool isOtherPath = local.Family == AF_UNIX && local.Path is not (UNIXSTR_PATH or UNIXDG_PATH or IcmpdError.ICMPD_PATH);
        if (isOtherPath || (service ?? $"{port}") == "0")
            err_msg($"listening on {Sock_ntop(local)}");
    }

    public void Dispose() => stops.ForEach(stop => stop.Dispose());

    void StopBy(PosixSignal signal) => stops.Add(PosixSignalRegistration.Create(signal, Stop));

    /// <summary>
    /// Ends the server, which never ends by itself. The kernel closes its sockets, so connected clients see the end of the connection.
    /// </summary>
    static void Stop(PosixSignalContext signal) => Environment.Exit(0);
}
