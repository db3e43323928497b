using Unp.Net;

namespace Unp.Testing;

/// <summary>Starts the programs of <c>samples/Unp.Samples</c> as processes.</summary>
public static class UnpProcess
{
    /// <summary>The path of the executable: the one that <c>UNP_EXECUTABLE</c> names, or the one beside the tests.</summary>
    public static string Executable { get; } = Environment.GetEnvironmentVariable("UNP_EXECUTABLE") switch
    {
        null or "" => Path.Combine(AppContext.BaseDirectory, "unp"),
        var named when Path.IsPathRooted(named) && File.Exists(named) => named,
        var named => throw new InvalidOperationException($"UNP_EXECUTABLE={named}: set it to the absolute path of an executable."),
    };

    /// <summary>The path of the assembly that <c>dotnet</c> runs, always beside the tests.</summary>
    public static string Assembly => Path.Combine(AppContext.BaseDirectory, "unp.dll");

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

    /// <summary>Starts <c>unp folder/program arguments</c> in a network namespace.</summary>
    public static Peer StartIn(NetworkNamespace host, params string[] arguments) =>
        Peer.Start("nsenter", [$"--net={host.Path}", Executable, .. arguments]);

    /// <summary>Runs <c>unp folder/program arguments</c> in a network namespace to its end, without input.</summary>
    public static Outcome RunIn(NetworkNamespace host, params string[] arguments)
    {
        using Peer program = StartIn(host, arguments);
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
        SockAddr address = Listening(server, out string before);
        if (before.Length == 0)
            return address;
        server.Dispose();
        throw new InvalidOperationException($"The server printed before its address: {before}");
    }

    /// <summary>Reads the address of a server that may report errors first. A server that ends is reported.</summary>
    /// <param name="server">The server.</param>
    /// <param name="before">The lines before the address.</param>
    public static SockAddr Listening(Peer server, out string before)
    {
        const string Beginning = "listening on ";
        before = "";
        while (server.ReadErrorLine() is { } line)
        {
            if (line.StartsWith(Beginning, StringComparison.Ordinal))
                return SockAddr.Parse(line[Beginning.Length..]);
            before += $"{line}\n";
        }
        server.Dispose();
        throw new InvalidOperationException($"The server did not start: {before}");
    }
}
