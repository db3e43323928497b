using Unp.Net.Abi;

namespace Unp.Net;

/// <summary>
/// The command that started this program, to start it again with other arguments. It is an executable of its own (also an installed .NET
/// tool or a single file), or <c>dotnet x.dll</c> or <c>dotnet exec</c> with options.
/// </summary>
/// <example>
/// <code>
/// using SpawnedProcess server = Spawn(OwnCommand.Program, [.. OwnCommand.HostArguments, "serve", "--port", "9877"]);
/// server.Wait();
/// </code>
/// </example>
public static class OwnCommand
{
    /// <summary>The kernel's copy of the command line. Linux only.</summary>
    internal const string ArgumentsFile = "/proc/self/cmdline";

    static readonly Lazy<string[]> Start = new(ReadStart, LazyThreadSafetyMode.PublicationOnly);

    /// <summary>Gets the path of the running executable file: this program's own, or <c>dotnet</c>.</summary>
    /// <exception cref="PlatformNotSupportedException">The system does not report the path.</exception>
    public static string Program =>
        Environment.ProcessPath ?? throw new PlatformNotSupportedException("The system does not report which program this process runs.");

    /// <summary>
    /// Gets the arguments that precede the program's own arguments. An executable of its own has none. For <c>dotnet exec x.dll</c> they
    /// are <c>exec</c> and the assembly's full path, which is valid in any working directory.
    /// </summary>
    /// <exception cref="UnpException">EMFILE, ENFILE: on Linux the first use opens /proc/self/cmdline.</exception>
    public static IReadOnlyList<string> HostArguments => Start.Value[1..];

    /// <summary>The program's name as it was started: C's <c>argv[0]</c>.</summary>
    internal static string Name => Start.Value[0];

    /// <summary>The program's own arguments, as <c>Main</c> receives them.</summary>
    internal static string[] Arguments => WithOriginalBytes(Environment.GetCommandLineArgs()[1..]);

    /// <summary>Returns the arguments of <c>Main</c> with the bytes that the runtime has replaced, because they are not UTF-8.</summary>
    internal static string[] WithOriginalBytes(string[] args)
    {
        if (!Target.IsLinux || !args.Any(text => text.Contains('\uFFFD', StringComparison.Ordinal)))
            return args;
        string[] all = File.Exists(ArgumentsFile) ? NativeStrings.Read(ArgumentsFile) : [];
        return all.Length >= args.Length ? all[^args.Length..] : args;
    }

    /// <summary>Starts this program again with the same arguments and one more environment variable.</summary>
    internal static SpawnedProcess StartAgain(SpawnOptions options, string variable, string value)
    {
        Dictionary<string, string> environment = Libunp.OwnEnvironment();
        environment[variable] = value;
        return Libunp.Spawn(Program, [.. HostArguments, .. Arguments], new()
        {
            Descriptors = options.Descriptors,
            StartsSession = options.StartsSession,
            Environment = environment,
            Name = Name,
        });
    }

    /// <summary>
    /// Returns the command line before the program's own arguments: its name, and the host's arguments if <c>dotnet</c> was started.
    /// </summary>
    static string[] ReadStart()
    {
        string[] own = Environment.GetCommandLineArgs();
        string assembly = own[0];

        // The runtime hides the arguments of dotnet, but the kernel has them. The last ones are the program's own.
        if (Target.IsLinux && ReadKernelCommandLine() is { } all && all.Length >= own.Length)
        {
            string[] start = all[..^(own.Length - 1)];
            return start.Length == 1 ? start : [.. start[..^1], assembly];
        }
        return Path.GetFileNameWithoutExtension(Program) == "dotnet" ? ["dotnet", assembly] : [assembly];
    }

    /// <summary>Returns the whole command line, or null without <c>/proc</c>.</summary>
    static string[]? ReadKernelCommandLine()
    {
        using Fd? file = TryOpen(ArgumentsFile);
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
            : Errno.Last.IsAny(Errno.ENOENT, Errno.ENOTDIR, Errno.EACCES) ? null
            : throw new UnpException(Errno.Last, "open", path);
    }
}
