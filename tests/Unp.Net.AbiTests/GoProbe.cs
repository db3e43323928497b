using System.Text.RegularExpressions;

namespace Unp.Net.AbiTests;

/// <summary>
/// A probe that checks the table of another system with the Go compiler: constants from golang.org/x/sys/unix that must not overflow.
/// </summary>
/// <param name="system">Go's name of the system (GOOS).</param>
/// <param name="architecture">Go's name of the architecture (GOARCH).</param>
sealed partial class GoProbe(string system, string architecture) : IWitness
{
    const string Sources = "/usr/share/gocode/src/golang.org/x/sys";

    /// <summary>Names whose spelling in Go differs from the C name.</summary>
    static readonly Dictionary<string, string> Spelling = new()
    {
        ["UNIX_PATH_MAX"] = "unsafe.Sizeof(unix.RawSockaddrUnix{}.Path)",
    };

    /// <summary>The struct as a value in Go, and the prefix of its fields in C, which Go omits.</summary>
    static readonly Dictionary<string, (string Value, string Prefix)> Structs = new()
    {
        ["sockaddr"] = ("unix.RawSockaddr{}", "sa_"),
        ["sockaddr_in"] = ("unix.RawSockaddrInet4{}", "sin_"),
        ["sockaddr_in6"] = ("unix.RawSockaddrInet6{}", "sin6_"),
        ["sockaddr_un"] = ("unix.RawSockaddrUnix{}", "sun_"),
        ["sockaddr_vm"] = ("unix.RawSockaddrVM{}", "svm_"),
        ["sockaddr_dl"] = ("unix.RawSockaddrDatalink{}", "sdl_"),
        ["iovec"] = ("unix.Iovec{}", "iov_"),
        ["msghdr"] = ("unix.Msghdr{}", "msg_"),
        ["cmsghdr"] = ("unix.Cmsghdr{}", "cmsg_"),
        ["xucred"] = ("unix.Xucred{}", "cr_"),
        ["in6_addr"] = ("unix.RawSockaddrInet6{}.Addr", "s6_"),
        ["in_pktinfo"] = ("unix.Inet4Pktinfo{}", "ipi_"),
        ["in6_pktinfo"] = ("unix.Inet6Pktinfo{}", "ipi6_"),
        ["ip_mreq"] = ("unix.IPMreq{}", "imr_"),
        ["ip_mreqn"] = ("unix.IPMreqn{}", "imr_"),
        ["ipv6_mreq"] = ("unix.IPv6Mreq{}", "ipv6mr_"),
        ["ip6_mtuinfo"] = ("unix.IPv6MTUInfo{}", "ip6m_"),
        ["fd_set"] = ("unix.FdSet{}", "fds_"),
        ["flock"] = ("unix.Flock_t{}", "l_"),
        ["rusage"] = ("unix.Rusage{}", "ru_"),
        ["kevent"] = ("unix.Kevent_t{}", ""),
        ["stat"] = ("unix.Stat_t{}", "st_"),
        ["linger"] = ("unix.Linger{}", "l_"),
        ["pollfd"] = ("unix.PollFd{}", ""),
        ["tcp_connection_info"] = ("unix.TCPConnectionInfo{}", "tcpi_"),
        ["timeval"] = ("unix.Timeval{}", "tv_"),
        ["termios"] = ("unix.Termios{}", "c_"),
        ["winsize"] = ("unix.Winsize{}", "ws_"),
        ["rt_metrics"] = ("unix.RtMetrics{}", "rmx_"),
        ["rt_msghdr"] = ("unix.RtMsghdr{}", "rtm_"),
        ["if_msghdr"] = ("unix.IfMsghdr{}", "ifm_"),
        ["ifa_msghdr"] = ("unix.IfaMsghdr{}", "ifam_"),
        ["ifma_msghdr"] = ("unix.IfmaMsghdr{}", "ifmam_"),
        ["timespec"] = ("unix.Timespec{}", "tv_"),
        ["timeval32"] = ("unix.Timeval32{}", "tv_"),
        ["bpf_hdr"] = ("unix.BpfHdr{}", "bh_"),
        ["bpf_program"] = ("unix.BpfProgram{}", "bf_"),
        ["bpf_stat"] = ("unix.BpfStat{}", "bs_"),
        ["bpf_version"] = ("unix.BpfVersion{}", "bv_"),
    };

    /// <summary>Fields that are part of another field in Go. Rust proves them.</summary>
    static readonly string[] Elsewhere = ["st_mtime", "st_mtime_nsec"];

    static readonly Dictionary<string, string> Environment = new()
    {
        ["GOFLAGS"] = "-mod=mod",
        ["GOPROXY"] = "off",
        ["CGO_ENABLED"] = "0",
    };

    public string Name => "Go";

    public string? Missing => WhatIsMissing;

    public static string? WhatIsMissing =>
        !Tool.IsInstalled("go") ? "package golang-go" : !Directory.Exists(Sources) ? "package golang-golang-x-sys-dev" : null;

    /// <summary>Returns the objections of the compiler to the names that Go has, and the absent names that Go has.</summary>
    public IReadOnlyList<Objection> Check(AbiTable table)
    {
        var names = ReadNames();
        var probe = new Probe();
        probe.Add("package probe", "import (", "\"unsafe\"", "\"golang.org/x/sys/unix\"", ")", "const _ = unsafe.Sizeof(0)");
        foreach (var value in table.Values.Where(v => v.Value != null && (names.Contains(v.Name) || Spelling.ContainsKey(v.Name))))
            AssertEqual(probe, value.Name, Spelling.GetValueOrDefault(value.Name, "unix." + value.Name), value.Value!.Value);
        foreach (var layout in table.Layouts.Where(l => Structs.ContainsKey(l.Name)))
            Assert(probe, layout);

        var notAbsent = table.Values.Where(v => v.Value == null && names.Contains(v.Name));
        return [.. Compile(probe), .. notAbsent.Select(v => new Objection(v.Name, "is Absent, but Go has it"))];
    }

    static void Assert(Probe probe, Layout layout)
    {
        var (structure, prefix) = Structs[layout.Name];
        AssertEqual(probe, layout.Name, $"unsafe.Sizeof({structure})", layout.Size);
        foreach (var field in layout.Fields.Where(field => !Elsewhere.Contains(field.Name)))
        {
            string name = field.Name[prefix.Length..];
            string path = $"{structure}.{char.ToUpperInvariant(name[0])}{name[1..]}";
            AssertEqual(probe, $"{layout.Name}.{field.Name}", $"unsafe.Offsetof({path})", field.Offset);
            AssertEqual(probe, $"{layout.Name}.{field.Name}", $"unsafe.Sizeof({path})", field.Size);
        }
    }

    /// <summary>Adds two differences as uint constants. If the values differ, one of them is negative and does not compile.</summary>
    static void AssertEqual(Probe probe, string subject, string expression, long value)
    {
        probe.Assert(subject, $"const _ = uint({expression} - {value})");
        probe.Assert(subject, $"const _ = uint({value} - {expression})");
    }

    /// <summary>
    /// Returns one line per length: the length and the results of Go's CmsgLen and CmsgSpace. These are functions, so a compiler alone
    /// cannot
    /// evaluate them. Their source is copied, with the system inserted, and run on this machine.
    /// </summary>
    public IReadOnlyList<string> ControlSizes(IEnumerable<int> lengths)
    {
        string align = FunctionIn("sockcmsg_unix_other.go", "cmsgAlignOf")
            .Replace("runtime.GOOS", $"\"{system}\"", StringComparison.Ordinal)
            .Replace("runtime.GOARCH", $"\"{architecture}\"", StringComparison.Ordinal);
        string[] source =
        [
            "package main",
            "import \"fmt\"",
            .. SizeUsed().Matches(Read($"ztypes_{system}_{architecture}.go")).Select(m => $"const {m.Value.Trim()}"),
            align,
            FunctionIn("sockcmsg_unix.go", "CmsgLen"),
            FunctionIn("sockcmsg_unix.go", "CmsgSpace"),
            $"func main() {{ for _, n := range []int{{{string.Join(", ", lengths)}}} {{ fmt.Println(n, CmsgLen(n), CmsgSpace(n)) }} }}",
        ];
        var folder = Directory.CreateTempSubdirectory("abi-go-");
        try
        {
            string file = Path.Combine(folder.FullName, "main.go");
            File.WriteAllLines(file, source);
            var (status, output) = Tool.Run("go", ["run", file], "", folder.FullName, Environment);
            return status == 0
                ? output.Split((char[])['\r', '\n'], StringSplitOptions.RemoveEmptyEntries)
                : throw new InvalidOperationException(output);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    static string Read(string file) => File.ReadAllText(Path.Combine(Sources, "unix", file));

    static string FunctionIn(string file, string name) =>
        Regex.Match(Read(file), $@"^func {name}\(.*?^}}", RegexOptions.Multiline | RegexOptions.Singleline).Value;

    IReadOnlyList<Objection> Compile(Probe probe)
    {
        var folder = Directory.CreateTempSubdirectory("abi-go-");
        try
        {
            File.WriteAllText(
                Path.Combine(folder.FullName, "go.mod"),
                $"module probe\ngo 1.19\nrequire golang.org/x/sys v0.0.0\nreplace golang.org/x/sys => {Sources}\n");
            File.WriteAllText(Path.Combine(folder.FullName, "probe.go"), probe.Source);
            var environment = new Dictionary<string, string>(Environment) { ["GOOS"] = system, ["GOARCH"] = architecture };
            var (status, output) = Tool.Run("go", ["build", "-gcflags=-e", "."], "", folder.FullName, environment);
            return probe.Objections(status, output, Error());
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <summary>Returns the names of the constants in the files for the system, from lines of the form <c>NAME = value</c>.</summary>
    HashSet<string> ReadNames()
    {
        string[] files = [$"zerrors_{system}_{architecture}.go", $"ztypes_{system}_{architecture}.go", $"syscall_{system}.go"];
        return [.. files.Select(Read).SelectMany(text => Constant().Matches(text)).Select(m => m.Groups["name"].Value)];
    }

    [GeneratedRegex(@"^\t(?<name>[A-Z]\w*)\s+=", RegexOptions.Multiline)]
    private static partial Regex Constant();

    [GeneratedRegex(@"^\s+Sizeof(Ptr|Int|Cmsghdr)\s+= \w+$", RegexOptions.Multiline)]
    private static partial Regex SizeUsed();

    [GeneratedRegex(@"^\./probe\.go:(?<line>\d+):\d+: (?<text>.*)$", RegexOptions.Multiline)]
    private static partial Regex Error();
}
