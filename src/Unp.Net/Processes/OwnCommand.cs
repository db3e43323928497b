using Unp.Net.Abi;

namespace Unp.Net;

/// <summary>
/// How this program was started, so that it can be started again with other arguments: as an executable of its own (an installed .NET tool
/// and a single file too), or by <c>dotnet x.dll</c> or <c>dotnet exec</c> with options.
/// </summary>
/// <example><c>Spawn(OwnCommand.Program, [.. OwnCommand.HostArguments, "serve", "--port", "9877"])</c></example>
public static class OwnCommand
{
    static readonly Lazy<string[]> Start = new(Read, LazyThreadSafetyMode.PublicationOnly);

    /// <summary>The path of the executable file that runs: this program's own, or that of <c>dotnet</c>.</summary>
    /// <exception cref="PlatformNotSupportedException">The system does not say which it is.</exception>
    public static string Program =>
        Environment.ProcessPath ?? throw new PlatformNotSupportedException("The system does not say which program this process runs.");

    /// <summary>
    /// The arguments before the program's own. There are none for an executable of its own; for <c>dotnet exec x.dll</c> they are
    /// <c>exec</c> and the assembly's full path, so that they hold in another working directory.
    /// </summary>
    /// <exception cref="UnpException">EMFILE, ENFILE: Linux is asked once, by a file.</exception>
    public static IReadOnlyList<string> HostArguments => Start.Value[1..];

    /// <summary>The program's name as it was started, C's <c>argv[0]</c>.</summary>
    internal static string Name => Start.Value[0];

    /// <summary>The program's own arguments, as <c>Main</c> gets them.</summary>
    internal static string[] Arguments => UnpProgram.NativeArguments(Environment.GetCommandLineArgs()[1..]);

    /// <summary>Starts this program again, with the same arguments.</summary>
    internal static SpawnedProcess Again(SpawnOptions options, string variable, string value)
    {
        Dictionary<string, string> environment = Libunp.OwnEnvironment();
        environment[variable] = value;
        return Libunp.Spawn(Program, [.. HostArguments, .. Arguments], new()
        {
            Descriptors = options.Descriptors,
            NewSession = options.NewSession,
            Environment = environment,
            Name = Name,
        });
    }

    /// <summary>
    /// The command line up to the program's own arguments: its name, and the host's arguments if <c>dotnet</c> was started.
    /// </summary>
    static string[] Read()
    {
        string[] own = Environment.GetCommandLineArgs();
        string assembly = own[0];

        // The runtime hides the arguments of dotnet. The kernel has them, and the last ones are the program's.
        if (Target.IsLinux && Kernels() is { } all && all.Length >= own.Length)
        {
            string[] start = all[..^(own.Length - 1)];
            return start.Length == 1 ? start : [.. start[..^1], assembly];
        }
        return Path.GetFileNameWithoutExtension(Program) == "dotnet" ? ["dotnet", assembly] : [assembly];
    }

    /// <summary>Null without <c>/proc</c>.</summary>
    static string[]? Kernels()
    {
        using Fd? file = TryOpen("/proc/self/cmdline");
        if (file is null)
            return null;
        var bytes = new List<byte>();
        byte[] buffer = new byte[4096];
        while (Libunp.Read(file, buffer) is > 0 and int n)
            bytes.AddRange(buffer.AsSpan(0, n));
        return NativeText.GetString([.. bytes]).Split('\0')[..^1];
    }

    static Fd? TryOpen(string path)
    {
        int fd = Libc.open(path, Libc.O_RDONLY | Libc.O_CLOEXEC);
        return fd >= 0 ? new Fd(fd)
            : Errno.Last == Errno.ENOENT || Errno.Last == Errno.ENOTDIR || Errno.Last == Errno.EACCES ? null
            : throw new UnpException(Errno.Last, "open", path);
    }
}
