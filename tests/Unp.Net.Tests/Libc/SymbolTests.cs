using System.Reflection;
using System.Runtime.InteropServices;
using System.Text.RegularExpressions;

namespace Unp.Net.Tests.LibcCalls;

/// <summary>
/// Tests that each C function called by name exists in every C library of Linux that .NET supports. Otherwise a call throws
/// EntryPointNotFoundException.
/// </summary>
public partial class SymbolTests
{
    const string Musl = "/usr/lib/x86_64-linux-musl/libc.so";

    // The oldest version that .NET 10 supports.
    static readonly Version OldestGlibc = new(2, 27);

    // Functions that are called only on other systems, or only after a check.
    static readonly HashSet<string> Elsewhere =
    [
        "kqueue", "kevent", "getpeereid", "fstat", "fstat$INODE64", "lstat", "lstat$INODE64", "pthread_sigmask", "pthread_kill", "shm_open",
        "shm_unlink", "sysctl",
        "posix_spawn_file_actions_addinherit_np", "posix_spawn_file_actions_addclosefrom_np",
    ];

    // Functions that are newer than OldestGlibc according to their documentation.
    static readonly HashSet<string> DocumentedAsNew = ["posix_spawn_file_actions_addchdir_np"];

    static IEnumerable<string> Called =>
        from type in typeof(Libc).Assembly.GetTypes()
        from method in type.GetMethods(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic)
        let import = method.GetCustomAttribute<DllImportAttribute>()
        where import is { Value: "libc" } && !Elsewhere.Contains(import.EntryPoint ?? method.Name)
        select import.EntryPoint ?? method.Name;

    [Fact]
    public void Every_function_exists_in_musl()
    {
        Assert.SkipUnless(File.Exists(Musl), $"{Musl} does not exist; tests/run installs it on Debian");
        HashSet<string> there = [.. Symbols(Musl).Select(symbol => symbol.Name)];
        Assert.Contains("getaddrinfo", there);
        Assert.Empty(Called.Except(there));
    }

    [Fact]
    public void Every_function_exists_in_oldest_glibc()
    {
        string? glibc = File.ReadLines("/proc/self/maps")
            .Select(line => line.Split(' ')[^1])
            .FirstOrDefault(path => path.EndsWith("/libc.so.6", StringComparison.Ordinal));
        Assert.SkipWhen(glibc is null, "this system's C library is not glibc");
        Dictionary<string, Version> since = Symbols(glibc!)
            .Where(symbol => symbol.Since is not null)
            .ToDictionary(symbol => symbol.Name, symbol => symbol.Since!);
        Assert.True(since["accept4"] <= OldestGlibc && since["epoll_pwait2"] > OldestGlibc);
        var required = Called.Except(DocumentedAsNew);
        string[] missing = [.. required.Where(name => !since.TryGetValue(name, out Version? version) || version > OldestGlibc)];
        Assert.Empty(missing);
    }

    /// <summary>
    /// Returns the symbols of a library with their default version. A function that moved between libraries also has an older version,
    /// which is ignored.
    /// </summary>
    static IEnumerable<(string Name, Version? Since)> Symbols(string library)
    {
        using Peer nm = Peer.Start("nm", "--dynamic", "--defined-only", library);
        return [.. Symbol().Matches(nm.Finish().Output).Select(match =>
            (match.Groups["name"].Value, Version.TryParse(match.Groups["version"].Value, out Version? version) ? version : null))];
    }

    [GeneratedRegex(@"^\S+ [TWi] (?<name>[^@\s]+)(@@GLIBC_(?<version>[\d.]+))?$", RegexOptions.Multiline | RegexOptions.ExplicitCapture)]
    private static partial Regex Symbol();
}
