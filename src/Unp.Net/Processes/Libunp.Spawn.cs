using System.Collections;
using static Unp.Net.Libc;

namespace Unp.Net;

public static partial class Libunp
{
    /// <summary>
    /// Starts a program in a child process by <c>posix_spawn(3)</c>, which does what the book's <c>fork</c> and <c>exec</c> do (section 4.7) and is all that
    /// a managed process can: <c>Spawn("sort", ["-n"], new() { Descriptors = { [0] = read } })</c>.
    /// </summary>
    /// <remarks>
    /// The child has the descriptors that it is given, standard input, output and error, and no others, whoever has opened them; no signal is blocked in it
    /// and SIGPIPE ends it. Its soft limit of descriptors is the usual one and its processors are the process's, unless the options say
    /// otherwise. (musl, and glibc before 2.34, cannot close what it does not know of: there a descriptor that is not close-on-exec and
    /// that another thread makes at this moment goes to the child too. This library's are close-on-exec.) The parent keeps its descriptors:
    /// it closes those that it has given away.
    /// </remarks>
    /// <param name="program">
    /// A path, or a name without slash, which is looked for in the directories of PATH unless <see cref="SpawnOptions.SearchPath"/> is false.
    /// </param>
    /// <param name="arguments">The arguments, without the program's own name.</param>
    /// <param name="options">What else the child is given.</param>
    /// <returns>The child, to be waited for, or disposed.</returns>
    /// <exception cref="UnpException">
    /// ENOENT, ENOTDIR (no such program or working directory), EACCES (not executable), ENOEXEC (no program), E2BIG (too much of arguments and environment), EBADF
    /// (a number beyond the limit of descriptors), EAGAIN (too many processes), EMFILE, ENOMEM. There is no child then. The message has the program.
    /// </exception>
    /// <exception cref="ArgumentException">A text has a NUL in it, the name of a variable is none, or a descriptor's number is negative.</exception>
    /// <exception cref="ObjectDisposedException">A descriptor is closed.</exception>
    /// <exception cref="PlatformNotSupportedException">FreeBSD cannot start a new session.</exception>
    public static SpawnedProcess Spawn(string program, IReadOnlyList<string> arguments, SpawnOptions? options = null)
    {
        options ??= new();
        CheckPath(program);
        CheckSpawn(arguments, options);
        string[] variables = [.. (options.Environment ?? OwnEnvironment()).Select(variable => $"{variable.Key}={variable.Value}")];
        using var argv = new NativeStrings([options.Name ?? program, .. arguments]);
        using var envp = new NativeStrings(variables);
        using var request = new SpawnRequest(options);

        // As execvp(3) goes through PATH: what cannot be executed does not hide what comes later.
        Errno reason = Errno.ENOENT;
        foreach (string candidate in Candidates(program, options.SearchPath))
        {
            Errno error = request.Start(candidate, argv, envp, out int pid);
            if (error.Value == 0)
                return new SpawnedProcess(pid);
            bool goesOn = error == Errno.ENOENT || error == Errno.ENOTDIR || error == Errno.EACCES;
            if (!goesOn || reason != Errno.EACCES)
                reason = error;
            if (!goesOn)
                break;
        }
        string where = options.WorkingDirectory is { } directory ? $", in {directory}" : "";
        throw new UnpException(reason, "posix_spawn", $"{program}{where}{(options.Terminal is { } terminal ? $", on {terminal}" : "")}");
    }

    /// <summary>This process's, as <see cref="Environment.SetEnvironmentVariable(string, string?)"/> has left it.</summary>
    internal static Dictionary<string, string> OwnEnvironment() =>
        Environment.GetEnvironmentVariables().Cast<DictionaryEntry>().ToDictionary(variable => (string)variable.Key, variable => (string?)variable.Value ?? "");

    static IEnumerable<string> Candidates(string program, bool searchPath)
    {
        if (!searchPath || program.Contains('/', StringComparison.Ordinal))
            return [program];
        string? here = CurrentDirectory();
        return (Environment.GetEnvironmentVariable("PATH") ?? "/usr/bin:/bin").Split(':')
            .Where(directory => here is not null || directory.StartsWith('/'))
            .Select(directory => System.IO.Path.Join(directory.StartsWith('/') ? directory : System.IO.Path.Join(here, directory), program))
            .Where(File.Exists);
    }

    /// <summary>Null if it was removed: relative directories of PATH are passed over then, as by execvp(3).</summary>
    static string? CurrentDirectory()
    {
        try
        {
            return Environment.CurrentDirectory;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    static void CheckSpawn(IReadOnlyList<string> arguments, SpawnOptions options)
    {
        ArgumentNullException.ThrowIfNull(arguments);
        foreach (string argument in arguments)
            CheckNoNul(argument, nameof(arguments));
        CheckNoNul(options.Name ?? "", nameof(options));
        if (options.WorkingDirectory is { } directory)
            CheckPath(directory, nameof(options));
        foreach (var (name, value) in options.Environment ?? new Dictionary<string, string>())
        {
            CheckNoNul(name, nameof(options));
            CheckNoNul(value, nameof(options));
            if (name.Length == 0 || name.Contains('='))
                throw new ArgumentException($"No variable of the environment can be called \"{name}\".", nameof(options));
        }
        if (options is { ProcessGroup: not null } and ({ NewSession: true } or { Terminal: not null }))
            throw new ArgumentException("A new session comes with a process group of its own.", nameof(options));
        if (options.Terminal is { } terminal)
        {
            CheckPath(terminal, nameof(options));
            if (options.Descriptors.Keys.Any(number => number is >= STDIN_FILENO and <= STDERR_FILENO))
                throw new ArgumentException("With a terminal, descriptors 0, 1 and 2 of the child are that.", nameof(options));
        }
        foreach (var (number, fd) in options.Descriptors)
        {
            if (number < 0)
                throw new ArgumentOutOfRangeException(nameof(options), number, "A descriptor is 0 or more.");
            Check(fd, nameof(options));
        }
    }

    static void CheckNoNul(string text, string parameter)
    {
        ArgumentNullException.ThrowIfNull(text, parameter);
        if (text.Contains('\0'))
            throw new ArgumentException($"A text for another program cannot have a NUL: {text.Replace("\0", "\\0")}", parameter);
    }
}
