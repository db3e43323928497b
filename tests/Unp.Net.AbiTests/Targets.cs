using System.Runtime.InteropServices;
using static System.Runtime.InteropServices.Architecture;

namespace Unp.Net.AbiTests;

/// <summary>An ABI with headers for a C compiler. The package names are Debian's.</summary>
sealed record CTarget(string Name, Platform Platform, CProbe Probe, string Packages, Waiver[] Waivers);

/// <summary>An ABI with other witnesses only: Go, Rust...</summary>
sealed record BsdTarget(string Name, Platform Platform, IWitness[] Witnesses, Waiver[] Waivers);

/// <summary>All ABIs that the table is compared with, one per line.</summary>
static class Targets
{
    static readonly Architecture Here = RuntimeInformation.OSArchitecture;

    /// <summary>The kernel's headers, not those of glibc. They are searched after musl's headers.</summary>
    static readonly string[] KernelHeaders =
        ["-idirafter", "/usr/include", "-idirafter", Here == Arm64 ? "/usr/include/aarch64-linux-gnu" : "/usr/include/x86_64-linux-gnu"];

    public static readonly CTarget[] OnLinux =
    [
        new("glibc x64", Linux(X64), Gcc(X64, "x86_64"), "gcc libc6-dev", Waivers.Linux),
        new("glibc arm64", Linux(Arm64), Gcc(Arm64, "aarch64"), "gcc-aarch64-linux-gnu libc6-dev-arm64-cross", Waivers.Linux),
        new("musl", Linux(Here) with { IsMusl = true }, new("musl-gcc", KernelHeaders), "musl-tools linux-libc-dev", Waivers.Musl),
    ];

    public static readonly BsdTarget[] OnBsd =
    [
        new("macOS arm64", new(UnixSystem.MacOS, Arm64), [new GoProbe("darwin", "arm64"), Apple("aarch64")], Waivers.MacOS),
        new("macOS x64", new(UnixSystem.MacOS, X64), [new GoProbe("darwin", "amd64"), Apple("x86_64")], Waivers.MacOS),
        new("FreeBSD x64", new(UnixSystem.FreeBSD, X64), [new GoProbe("freebsd", "amd64"), FreeBsd("x86_64/mod"), Sctp], Waivers.FreeBSD),
        new("FreeBSD arm64", new(UnixSystem.FreeBSD, Arm64), [new GoProbe("freebsd", "arm64"), FreeBsd("aarch64"), Sctp], Waivers.FreeBSD),
    ];

    static UsrSctp Sctp => new();

    static Platform Linux(Architecture architecture) => new(UnixSystem.Linux, architecture);

    /// <summary>Returns a probe with the compiler of this machine, or with a cross compiler.</summary>
    static CProbe Gcc(Architecture architecture, string prefix) => new(architecture == Here ? "gcc" : $"{prefix}-linux-gnu-gcc");

    static RustLibc Apple(string architecture) =>
        new(
            "macos",
            "mod.rs",
            "align.rs",
            "bsd/mod.rs",
            "bsd/apple/mod.rs",
            "bsd/apple/b64/mod.rs",
            $"bsd/apple/b64/{architecture}/mod.rs");

    static RustLibc FreeBsd(string architecture) => new(
        "freebsd",
        "mod.rs",
        "align.rs",
        "bsd/mod.rs",
        "bsd/freebsdlike/mod.rs",
        "bsd/freebsdlike/freebsd/mod.rs",
        "bsd/freebsdlike/freebsd/freebsd13/mod.rs",
        $"bsd/freebsdlike/freebsd/{architecture}.rs");
}
