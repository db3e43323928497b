using System.Text.RegularExpressions;

namespace Unp.Net.AbiTests;

/// <summary>Asks a C compiler for Linux, by <c>_Static_assert</c>s over the headers of its C library.</summary>
sealed partial class CProbe(string compiler, params string[] options)
{
    static readonly string[] SignOf =
    [
        "#define SIGN_OF(x) _Generic((x), \\",
        "    char: -1, signed char: -1, short: -1, int: -1, long: -1, long long: -1, \\",
        "    unsigned char: 1, unsigned short: 1, unsigned: 1, unsigned long: 1, unsigned long long: 1, default: 0)",
    ];

    /// <summary>
    /// What only the kernel's headers declare, or declare otherwise: asserted in a source of its own, as they and the C library's do not go
    /// together.
    /// </summary>
    static readonly HashSet<string> OfKernel =
    [
        "ICMP_FILTER",
        "IP_LOCAL_PORT_RANGE",
        "IP_PROTOCOL",
        "IPV6_FLOWINFO",
        "IPV6_FLOWINFO_SEND",
        "IPV6_FLOWLABEL_MGR",
        "IPV6_PREFER_SRC_CGA",
        "IPV6_PREFER_SRC_COA",
        "IPV6_PREFER_SRC_HOME",
        "IPV6_PREFER_SRC_NONCGA",
        "IPV6_PREFER_SRC_PUBLIC",
        "IPV6_PREFER_SRC_PUBTMP_DEFAULT",
        "IPV6_PREFER_SRC_TMP",
        "IPV6_RECVERR_RFC4884",
        "TCPI_OPT_ECN_SEEN",
        "TCPI_OPT_SYN_DATA",
        "TCP_MD5SIG_FLAG_IFINDEX",
        "TCP_NO_QUEUE",
        "TCP_RECV_QUEUE",
        "TCP_SEND_QUEUE",
        "UDP_ENCAP_RXRPC",
        "UNIX_PATH_MAX",
        "tcp_info",
    ];

    /// <summary>Types that C names without "struct".</summary>
    static readonly HashSet<string> Typedefs = ["epoll_data_t", "fd_set", "sigset_t"];

    /// <summary>Structs that the kernel lengthens from time to time: newer headers may have more behind our last field.</summary>
    static readonly HashSet<string> Growing = ["tcp_info"];

    static readonly string[] KernelHead =
    [
        "#include <stddef.h>",
        "#include <linux/version.h>",
        "#include <linux/icmp.h>",
        "#include <linux/in.h>",
        "#include <linux/in6.h>",
        "#include <linux/tcp.h>",
        "#include <linux/udp.h>",
        "#include <linux/un.h>",
        .. SignOf,
    ];

    static readonly string[] LibraryHead =
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
        "#include <netinet/ip.h>",
        "#include <netinet/icmp6.h>",
        "#include <netinet/tcp.h>",
        "#include <netinet/udp.h>",
        "#include <arpa/inet.h>",
        "#include <netdb.h>",
        "#include <net/if.h>",
        "#include <sys/epoll.h>",
        "#include <sys/eventfd.h>",
        "#include <sys/select.h>",
        "#include <sys/signalfd.h>",
        "#include <sys/timerfd.h>",
        "#include <fcntl.h>",
        "#include <poll.h>",
        "#include <signal.h>",
        "#include <unistd.h>",
        "#include <errno.h>",
        "#include <linux/sctp.h>",
        "#include <linux/sockios.h>",
        "#include <linux/version.h>",
        .. SignOf,
    ];

    public string Compiler => compiler;

    /// <summary>What the compiler objects to.</summary>
    /// <param name="table">What is asserted.</param>
    /// <param name="waivers">These constants are not asserted, unless their condition holds.</param>
    public IReadOnlyList<Objection> Check(AbiTable table, IReadOnlyCollection<Waiver> waivers) =>
        InBothSources(probe =>
        {
            foreach (var value in table.Values)
            {
                if (waivers.FirstOrDefault(w => w.Name == value.Name) is not { } waiver)
                    Assert(probe(value.Name), value);
                else if (waiver.ProvenIf is { } condition)
                    AssertIf(probe(value.Name), condition, value);
            }
            foreach (var layout in table.Layouts)
                Assert(probe(layout.Name), layout);
        });

    /// <summary>What the compiler objects to in the waived constants: all of them, or a waiver is not needed.</summary>
    public IReadOnlyList<Objection> CheckWaived(AbiTable table, IReadOnlyCollection<Waiver> waivers) =>
        InBothSources(probe =>
        {
            foreach (var waiver in waivers)
            {
                var value = table.Values.Single(v => v.Name == waiver.Name);
                if (waiver.ProvenIf is { } condition)
                    AssertIf(probe(value.Name), $"!({condition})", value, otherwise: "#error proven, not waived");
                else
                    Assert(probe(value.Name), value);
            }
        });

    /// <summary>Lets the assertions be made, and compiles them.</summary>
    /// <param name="assertAll">Gets a function that says which of the two sources a name belongs to.</param>
    IReadOnlyList<Objection> InBothSources(Action<Func<string, Probe>> assertAll)
    {
        Probe library = new(), kernel = new();
        library.Add(LibraryHead);
        kernel.Add(KernelHead);
        assertAll(name => OfKernel.Contains(name) ? kernel : library);
        return [.. Compile(library), .. Compile(kernel)];
    }

    static void Assert(Probe probe, NamedValue value)
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

    IReadOnlyList<Objection> Compile(Probe probe)
    {
        string[] arguments = [.. options, "-std=gnu11", "-fsyntax-only", "-fmax-errors=0", "-D_GNU_SOURCE", "-x", "c", "-"];
        var (status, output) = Tool.Run(compiler, arguments, probe.Source);
        return probe.Objections(status, output, Error());
    }

    [GeneratedRegex(@"^<stdin>:(?<line>\d+):\d+: (fatal )?error: (?<text>.*)$", RegexOptions.Multiline)]
    private static partial Regex Error();
}
