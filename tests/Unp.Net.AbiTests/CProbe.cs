using System.Text.RegularExpressions;

namespace Unp.Net.AbiTests;

/// <summary>Asks a C compiler for Linux, by <c>_Static_assert</c>s over the headers of its C library.</summary>
sealed partial class CProbe(string compiler, params string[] options)
{
    /// <summary>What C writes in another way.</summary>
    static readonly Dictionary<string, string> Spelling = new()
    {
        // Its own header, <linux/un.h>, does not go together with <sys/un.h>.
        ["UNIX_PATH_MAX"] = "sizeof(((struct sockaddr_un *)0)->sun_path)",
    };

    static readonly string[] Head =
    [
        "#include <asm/socket.h>", // before musl's <sys/socket.h>, which has fewer options
        "#include <stddef.h>",
        "#include <time.h>",
        "#include <sys/types.h>",
        "#include <sys/time.h>",
        "#include <sys/socket.h>",
        "#include <sys/un.h>",
        "#include <sys/stat.h>",
        "#include <sys/ioctl.h>",
        "#include <netinet/in.h>",
        "#include <netinet/tcp.h>",
        "#include <netinet/udp.h>",
        "#include <arpa/inet.h>",
        "#include <netdb.h>",
        "#include <fcntl.h>",
        "#include <poll.h>",
        "#include <signal.h>",
        "#include <unistd.h>",
        "#include <errno.h>",
        "#include <linux/sockios.h>",
        "#include <linux/version.h>",
        "#define SIGN_OF(x) _Generic((x), \\",
        "    char: -1, signed char: -1, short: -1, int: -1, long: -1, long long: -1, \\",
        "    unsigned char: 1, unsigned short: 1, unsigned: 1, unsigned long: 1, unsigned long long: 1, default: 0)",
    ];

    public string Compiler => compiler;

    /// <summary>What the compiler objects to.</summary>
    /// <param name="table">What is asserted.</param>
    /// <param name="waivers">These constants are not asserted, unless their condition holds.</param>
    public IReadOnlyList<Objection> Check(AbiTable table, IReadOnlyCollection<Waiver> waivers)
    {
        var probe = Begin();
        foreach (var value in table.Values)
        {
            if (waivers.FirstOrDefault(w => w.Name == value.Name) is not { } waiver)
                Assert(probe, value);
            else if (waiver.ProvenIf is { } condition)
                AssertIf(probe, condition, value);
        }
        foreach (var layout in table.Layouts)
            Assert(probe, layout);
        return Compile(probe);
    }

    /// <summary>What the compiler objects to in the waived constants: all of them, or a waiver is not needed.</summary>
    public IReadOnlyList<Objection> CheckWaived(AbiTable table, IReadOnlyCollection<Waiver> waivers)
    {
        var probe = Begin();
        foreach (var waiver in waivers)
        {
            var value = table.Values.Single(v => v.Name == waiver.Name);
            if (waiver.ProvenIf is { } condition)
                AssertIf(probe, $"!({condition})", value, otherwise: "#error proven, not waived");
            else
                Assert(probe, value);
        }
        return Compile(probe);
    }

    static Probe Begin()
    {
        var probe = new Probe();
        probe.Add(Head);
        return probe;
    }

    static void Assert(Probe probe, NamedValue value)
    {
        if (value.Value is { } number)
        {
            string name = Spelling.GetValueOrDefault(value.Name, value.Name);
            probe.Assert(value.Name, $"_Static_assert(({name}) == {number}, \"{value.Name} is not {number}\");");
        }
        else
        {
            probe.Add($"#ifdef {value.Name}");
            probe.Assert(value.Name, "#error should be Absent");
            probe.Add("#endif");
        }
    }

    static void AssertIf(Probe probe, string condition, NamedValue value, string? otherwise = null)
    {
        probe.Add($"#if {condition}");
        Assert(probe, value);
        if (otherwise != null)
        {
            probe.Add("#else");
            probe.Assert(value.Name, otherwise);
        }
        probe.Add("#endif");
    }

    static void Assert(Probe probe, Layout layout)
    {
        string type = $"struct {layout.Name}";
        probe.Assert(layout.Name, $"_Static_assert(sizeof({type}) == {layout.Size}, \"size of {layout.Name} is not {layout.Size}\");");
        foreach (var field in layout.Fields)
        {
            string name = $"{layout.Name}.{field.Name}", value = $"(({type} *)0)->{field.Name}";
            probe.Assert(name, $"_Static_assert(offsetof({type}, {field.Name}) == {field.Offset}, \"{name} is not at {field.Offset}\");");
            probe.Assert(name, $"_Static_assert(sizeof({value}) == {field.Size}, \"size of {name} is not {field.Size}\");");
            if (field.IsSigned is { } signed)
                probe.Assert(name, $"_Static_assert(SIGN_OF({value}) != {(signed ? "1" : "-1")}, \"{name} has another sign\");");
        }
    }

    IReadOnlyList<Objection> Compile(Probe probe)
    {
        string[] arguments = [.. options, "-std=gnu11", "-fsyntax-only", "-fmax-errors=0", "-D_GNU_SOURCE", "-x", "c", "-"];
        var (status, output) = Tool.Run(compiler, arguments, probe.Source);
        return probe.Objections(status, output, Error());
    }

    [GeneratedRegex(@"^<stdin>:(?<line>\d+):\d+: (fatal )?error: (?<text>.*)$", RegexOptions.Multiline)]
    private static partial Regex Error();
}
