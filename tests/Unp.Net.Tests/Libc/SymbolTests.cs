using System.Reflection;
using System.Runtime.InteropServices;
using System.Text.RegularExpressions;

namespace Unp.Net.Tests.LibcCalls;

/// <summary>Each C function that is called by its name is in every C library of Linux that .NET runs on, so that no call ends in EntryPointNotFoundException.</summary>
public partial class SymbolTests
{
    const string Musl = "/usr/lib/x86_64-linux-musl/libc.so";

    // .NET 10's own lower limit.
    static readonly Version OldestGlibc = new(2, 27);

    // Called on other systems only, or looked for before.
    static readonly HashSet<string> Elsewhere =
    [
        "kqueue", "kevent", "getpeereid", "fstat", "fstat$INODE64", "lstat", "lstat$INODE64", "pthread_sigmask", "pthread_kill", "shm_open", "shm_unlink",
        "posix_spawn_file_actions_addinherit_np", "posix_spawn_file_actions_addclosefrom_np",
    ];

    // New to glibc, and its documentation says so.
    static readonly HashSet<string> SaidToBeNew = ["posix_spawn_file_actions_addchdir_np"];

    static IEnumerable<string> Called =>
        from type in typeof(Libc).Assembly.GetTypes()
        from method in type.GetMethods(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic)
        let import = method.GetCustomAttribute<DllImportAttribute>()
        where import is { Value: "libc" } && !Elsewhere.Contains(import.EntryPoint ?? method.Name)
        select import.EntryPoint ?? method.Name;

    [Fact]
    public void Every_function_is_in_musl()
    {
        Assert.SkipUnless(File.Exists(Musl), $"{Musl} is not here; tests/run installs it on Debian");
        HashSet<string> there = [.. Symbols(Musl).Select(symbol => symbol.Name)];
        Assert.Contains("getaddrinfo", there);
        Assert.Empty(Called.Except(there));
    }

    [Fact]
    public void Every_function_is_in_the_oldest_glibc()
    {
        string? glibc = File.ReadLines("/proc/self/maps").Select(line => line.Split(' ')[^1]).FirstOrDefault(path => path.EndsWith("/libc.so.6", StringComparison.Ordinal));
        Assert.SkipWhen(glibc is null, "this system's C library is not glibc");
        Dictionary<string, Version> since = Symbols(glibc!).Where(symbol => symbol.Since is not null).ToDictionary(symbol => symbol.Name, symbol => symbol.Since!);
        Assert.True(since["accept4"] <= OldestGlibc && since["epoll_pwait2"] > OldestGlibc);
        string[] missing = [.. Called.Except(SaidToBeNew).Where(name => !since.TryGetValue(name, out Version? version) || version > OldestGlibc)];
        Assert.Empty(missing);
    }

    /// <summary>What a library defines; with versions the default one, since a function that moved there keeps an older one for the old place.</summary>
    static IEnumerable<(string Name, Version? Since)> Symbols(string library)
    {
        using Peer nm = Peer.Start("nm", "--dynamic", "--defined-only", library);
        return [.. Symbol().Matches(nm.Finish().Output).Select(match =>
            (match.Groups["name"].Value, Version.TryParse(match.Groups["version"].Value, out Version? version) ? version : null))];
    }

    [GeneratedRegex(@"^\S+ [TWi] (?<name>[^@\s]+)(@@GLIBC_(?<version>[\d.]+))?$", RegexOptions.Multiline | RegexOptions.ExplicitCapture)]
    private static partial Regex Symbol();
}
