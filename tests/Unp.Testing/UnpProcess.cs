using Unp.Net;

namespace Unp.Testing;

/// <summary>Starts the programs of <c>samples/Unp.Samples</c> as processes.</summary>
public static class UnpProcess
{
    /// <summary>The path of the executable.</summary>
    public static string Executable => Path.Combine(AppContext.BaseDirectory, "unp");

    /// <summary>Starts <c>unp folder/program arguments</c>.</summary>
    public static Peer Start(params string[] arguments) => Peer.Start(Executable, arguments);

    /// <summary>Starts <c>unp folder/program arguments</c> with additional environment variables.</summary>
    public static Peer StartWith(IReadOnlyDictionary<string, string> environment, params string[] arguments) =>
        Peer.Start(Executable, environment, arguments);

    /// <summary>Runs <c>unp folder/program arguments</c> to its end, without input.</summary>
    public static Outcome Run(params string[] arguments)
    {
        using Peer program = Start(arguments);
        return program.Finish();
    }

    /// <summary>Starts a server on a free port of 127.0.0.1 or ::1 and returns its address.</summary>
    public static Peer StartServer(string program, string address, out SockAddr listening, params string[] arguments) =>
        StartServer([program, "--bind", address, "--port", "0", .. arguments], out listening);

    /// <summary>Starts a server whose arguments request a free port, and returns its address.</summary>
    public static Peer StartServer(string[] command, out SockAddr listening, IReadOnlyDictionary<string, string>? environment = null)
    {
        if (command.Contains("::1"))
            Loopback.Require(Libc.AF_INET6);
        Peer server = Peer.Start(Executable, environment, command);
        listening = Listening(server);
        return server;
    }

    /// <summary>Reads the address of a server from its first line. A server that prints another line is ended.</summary>
    public static SockAddr Listening(Peer server)
    {
        const string Before = "listening on ";
        string? line = server.ReadErrorLine();
        if (line?.StartsWith(Before, StringComparison.Ordinal) == true)
            return SockAddr.Parse(line[Before.Length..]);
        server.Dispose();
        throw new InvalidOperationException($"The server did not start: {line}");
    }
}
