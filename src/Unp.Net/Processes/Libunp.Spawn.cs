using System.Collections;

namespace Unp.Net;

public static partial class Libunp
{
    /// <summary>
    /// Starts a program in a child process with <c>posix_spawn(3)</c>. It replaces the book's <c>fork</c> and <c>exec</c> (UNP 4.7),
    /// because a managed process cannot fork.
    /// </summary>
    /// <remarks>
    /// <para>The child gets the given descriptors, standard input, output and error, and no others. No signal is blocked in it, and SIGPIPE
    /// terminates it. Unless the options say otherwise, it gets the usual soft limit of descriptors and the processors of the
    /// process.</para>
    /// <para>musl, and glibc before 2.34, cannot close unknown descriptors in the child. There the child also inherits a descriptor that
    /// another thread creates at this moment without close-on-exec. The descriptors of this library are close-on-exec.</para>
    /// <para>The parent keeps its descriptors open and must close the descriptors that only the child needs.</para>
    /// </remarks>
    /// <param name="program">
    /// A path, or a name without slash, which is searched for in PATH unless <see cref="SpawnOptions.SearchesPath"/> is false.
    /// </param>
    /// <param name="arguments">The arguments, without the program's own name.</param>
    /// <param name="options">The options, or null for the defaults.</param>
    /// <returns>The child. Wait for it, or dispose it.</returns>
    /// <exception cref="UnpException">
    /// ENOENT, ENOTDIR: no such program or working directory; EACCES: not executable; ENOEXEC: not a program; E2BIG: arguments and
    /// environment are too long; EBADF: a number is beyond the limit of descriptors; EAGAIN: too many processes; EMFILE, ENOMEM. No child
    /// was started. The message names the program.
    /// </exception>
    /// <exception cref="ArgumentException">
    /// A text contains a NUL, a variable's name is invalid, or a descriptor's number is negative.
    /// </exception>
    /// <exception cref="ObjectDisposedException">A descriptor is closed.</exception>
    /// <exception cref="PlatformNotSupportedException">FreeBSD cannot start a new session.</exception>
    /// <example>
    /// The child sees the end of its input when all duplicates of the writing end are closed, so the parent closes its own:
    /// <code>
    /// Pipe(out Fd reading, out Fd writing);
    /// using SpawnedProcess sort = Spawn("sort", ["-n"], new() { Descriptors = { [0] = reading } });
    /// reading.Dispose();
    /// Writen(writing, "10\n9\n"u8);
    /// writing.Dispose();
    /// Console.WriteLine(sort.Wait());              // exit status 0
    /// </code>
    /// </example>
    /// <seealso href="https://man7.org/linux/man-pages/man3/posix_spawn.3.html">posix_spawn(3)</seealso>
    public static SpawnedProcess Spawn(string program, IReadOnlyList<string> arguments, SpawnOptions? options = null)
    {
        options ??= new();
        CheckPath(program);
        ArgumentNullException.ThrowIfNull(arguments);
        foreach (string argument in arguments)
            CheckNoNul(argument, nameof(arguments));
        options.Validate();
        string[] variables = [.. (options.Environment ?? OwnEnvironment()).Select(variable => $"{variable.Key}={variable.Value}")];
        using var argv = new NativeStrings([options.Name ?? program, .. arguments]);
        using var envp = new NativeStrings(variables);
        using var request = new SpawnRequest(options);

        // Like execvp(3): a file that cannot be executed does not hide a program in a later directory of PATH.
        Errno reason = Errno.ENOENT;
        foreach (string candidate in Candidates(program, options.SearchesPath))
        {
            Errno error = request.Start(candidate, argv, envp, out int pid);
            if (error.Value == 0)
                return new SpawnedProcess(pid);
            bool triesNext = error.IsAny(Errno.ENOENT, Errno.ENOTDIR, Errno.EACCES);
            if (!triesNext || reason != Errno.EACCES)
                reason = error;
            if (!triesNext)
                break;
        }
        string where = options.WorkingDirectory is { } directory ? $", in {directory}" : "";
        throw new UnpException(reason, "posix_spawn", $"{program}{where}{(options.Terminal is { } terminal ? $", on {terminal}" : "")}");
    }

    /// <summary>
    /// Returns the environment of this process, including changes by <see cref="Environment.SetEnvironmentVariable(string, string?)"/>.
    /// </summary>
    internal static Dictionary<string, string> OwnEnvironment() =>
        Environment.GetEnvironmentVariables().Cast<DictionaryEntry>()
            .ToDictionary(variable => (string)variable.Key, variable => (string?)variable.Value ?? "");

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

    /// <summary>
    /// Returns the current directory, or null if it was removed. Relative directories of PATH are then skipped, as by execvp(3).
    /// </summary>
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

    internal static void CheckNoNul(string text, string parameter)
    {
        ArgumentNullException.ThrowIfNull(text, parameter);
        if (text.Contains('\0'))
            throw new ArgumentException($"A text for another program must not contain a NUL: {text.Replace("\0", "\\0")}", parameter);
    }
}
