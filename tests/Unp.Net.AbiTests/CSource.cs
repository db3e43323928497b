using System.Text.RegularExpressions;

namespace Unp.Net.AbiTests;

/// <summary>A C source of <c>_Static_assert</c>s over its included headers.</summary>
sealed partial class CSource
{
    /// <summary>Types that have a name without "struct" in C.</summary>
    static readonly HashSet<string> Typedefs =
    [
        "epoll_data_t", "fd_set", "posix_spawn_file_actions_t", "posix_spawnattr_t", "pthread_mutex_t", "pthread_mutexattr_t",
        "sctp_assoc_t", "siginfo_t", "sigset_t",
    ];

    /// <summary>
    /// Structs whose C declaration may have fields after our last one, because newer kernels extend them or because musl reserves space.
    /// </summary>
    static readonly HashSet<string> Growing = ["mptcp_info", "rtnl_link_stats64", "rusage", "sctp_event_subscribe", "tcp_info"];

    readonly Probe probe = new();

    public CSource(IEnumerable<string> head)
    {
        probe.Add(head);
        probe.Add(
            "#define SIGN_OF(x) _Generic((x), \\",
            "    char: -1, signed char: -1, short: -1, int: -1, long: -1, long long: -1, \\",
            "    unsigned char: 1, unsigned short: 1, unsigned: 1, unsigned long: 1, unsigned long long: 1, default: 0)");
    }

    public void Assert(NamedValue value)
    {
        if (value.Value is { } number)
        {
            probe.Assert(value.Name, $"_Static_assert(({value.Name}) == {number}, \"{value.Name} is not {number}\");");
        }
        else
        {
            probe.Add($"#ifdef {value.Name}");
            probe.Assert(value.Name, "#error should be Absent");
            probe.Add("#endif");
        }
    }

    /// <summary>Adds an assertion for the case that a condition of the preprocessor holds.</summary>
    public void AssertIf(string condition, NamedValue value, string? otherwise = null)
    {
        probe.Add($"#if {condition}");
        Assert(value);
        if (otherwise != null)
        {
            probe.Add("#else");
            probe.Assert(value.Name, otherwise);
        }
        probe.Add("#endif");
    }

    public void Assert(Layout layout)
    {
        string type = Typedefs.Contains(layout.Name) ? layout.Name : $"struct {layout.Name}";
        string size = Growing.Contains(layout.Name) ? EndOf(layout.Fields[^1].Name) : $"sizeof({type})";
        probe.Assert(layout.Name, $"_Static_assert({size} == {layout.Size}, \"size of {layout.Name} is not {layout.Size}\");");
        foreach (var field in layout.Fields)
        {
            string name = $"{layout.Name}.{field.Name}", value = $"(({type} *)0)->{field.Name}";
            probe.Assert(name, $"_Static_assert(offsetof({type}, {field.Name}) == {field.Offset}, \"{name} is not at {field.Offset}\");");
            probe.Assert(name, $"_Static_assert(sizeof({value}) == {field.Size}, \"size of {name} is not {field.Size}\");");
            if (field.IsSigned is { } signed)
                probe.Assert(name, $"_Static_assert(SIGN_OF({value}) != {(signed ? "1" : "-1")}, \"{name} has another sign\");");
        }

        string EndOf(string field) => $"(offsetof({type}, {field}) + sizeof((({type} *)0)->{field}))";
    }

    /// <summary>Returns the objections of the compiler.</summary>
    public IReadOnlyList<Objection> Compile(string compiler, params IEnumerable<string> options)
    {
        string[] arguments = [.. options, "-std=gnu11", "-fsyntax-only", "-fmax-errors=0", "-D_GNU_SOURCE", "-x", "c", "-"];
        var (status, output) = Tool.Run(compiler, arguments, probe.Source);
        return probe.Objections(status, output, Error());
    }

    [GeneratedRegex(@"^<stdin>:(?<line>\d+):\d+: (fatal )?error: (?<text>.*)$", RegexOptions.Multiline)]
    private static partial Regex Error();
}
