using static System.Runtime.InteropServices.Architecture;

namespace Unp.Net.AbiTests;

/// <summary>An ABI whose headers a C compiler has.</summary>
sealed record CTarget(string Name, Platform Platform, CProbe Probe, string Package, Waiver[] Waivers)
{
    public override string ToString() => Name;
}

/// <summary>An ABI that Go and Rust know.</summary>
sealed record BsdTarget(string Name, Platform Platform, GoProbe Go, RustLibc Rust, Waiver[] Waivers)
{
    public override string ToString() => Name;
}

/// <summary>Every ABI that the table is held against: one line each.</summary>
static class Targets
{
    static readonly string[] KernelHeaders = ["-idirafter", "/usr/include", "-idirafter", "/usr/include/x86_64-linux-gnu"];

    public static readonly CTarget[] Linux =
    [
        new("glibc x64", new(UnixSystem.Linux, X64), new("gcc"), "gcc libc6-dev", Waivers.Linux),
        new("glibc arm64", new(UnixSystem.Linux, Arm64), new("aarch64-linux-gnu-gcc"), "gcc-aarch64-linux-gnu libc6-dev-arm64-cross", Waivers.Linux),
        new("musl x64", new(UnixSystem.Linux, X64), new("musl-gcc", KernelHeaders), "musl-tools", Waivers.Musl),
    ];

    public static readonly BsdTarget[] Bsd =
    [
        new("macOS arm64", new(UnixSystem.MacOS, Arm64), new("darwin", "arm64"), Apple("aarch64"), Waivers.MacOS),
        new("macOS x64", new(UnixSystem.MacOS, X64), new("darwin", "amd64"), Apple("x86_64"), Waivers.MacOS),
        new("FreeBSD x64", new(UnixSystem.FreeBSD, X64), new("freebsd", "amd64"), FreeBsd("x86_64/mod"), Waivers.FreeBSD),
        new("FreeBSD arm64", new(UnixSystem.FreeBSD, Arm64), new("freebsd", "arm64"), FreeBsd("aarch64"), Waivers.FreeBSD),
    ];

    static RustLibc Apple(string architecture) =>
        new("mod.rs", "bsd/mod.rs", "bsd/apple/mod.rs", "bsd/apple/b64/mod.rs", $"bsd/apple/b64/{architecture}/mod.rs");

    static RustLibc FreeBsd(string architecture) => new(
        "mod.rs",
        "bsd/mod.rs",
        "bsd/freebsdlike/mod.rs",
        "bsd/freebsdlike/freebsd/mod.rs",
        "bsd/freebsdlike/freebsd/freebsd13/mod.rs",
        $"bsd/freebsdlike/freebsd/{architecture}.rs");
}
