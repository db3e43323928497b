namespace Unp.Net.AbiTests;

/// <summary>A constant that a target can't prove, and why.</summary>
/// <param name="Name">The constant.</param>
/// <param name="Reason">Why no source on a machine like this one proves it, or why the target's own value is another.</param>
/// <param name="ProvenIf">A condition of C's preprocessor: where it holds the headers are new enough, and nothing is waived.</param>
sealed record Waiver(string Name, string Reason, string? ProvenIf = null);

/// <summary>The constants that are not proven by compilation. A test fails if one of them could be.</summary>
static class Waivers
{
    /// <summary>On any Linux.</summary>
    public static readonly Waiver[] Linux =
    [
        NewInKernel("SO_PASSPIDFD", 6, 5),
        NewInKernel("SO_PEERPIDFD", 6, 5),
        NewInKernel("SO_RCVPRIORITY", 6, 14),
        NewInKernel("SO_PASSRIGHTS", 6, 16),
        NewInKernel("SO_INQ", 6, 17),
        new("SIGRTMIN", "a function call in C: RealTimeSignalTests calls it"),
        new("SIGRTMAX", "a function call in C: RealTimeSignalTests calls it"),
    ];

    /// <summary>On musl, where the Linux column is glibc's.</summary>
    public static readonly Waiver[] Musl =
    [
        .. Linux,
        new("NI_MAXHOST", "255: the larger buffer does no harm"),
        new("O_ACCMODE", "has O_PATH's bit too"),
        new("SOMAXCONN", "128: the kernel cuts either down to its own limit"),
        new("AI_CANONIDN", "does no international names"),
        new("AI_IDN", "does no international names"),
        new("NI_IDN", "does no international names"),
        new("NI_NUMERICSCOPE", "has it, glibc does not"),
        new("O_TTY_INIT", "has it as 0, glibc does not"),
        new("O_FSYNC", "an old name that musl leaves out"),
        new("POLLREMOVE", "an old name that musl leaves out"),
        new("SIGCLD", "an old name that musl leaves out"),
        NewInMusl("AF_MCTP"),
        NewInMusl("SOL_MPTCP"),
    ];

    /// <summary>On both BSDs, names that neither golang.org/x/sys nor Rust's libc has: no source that a test can read proves them.</summary>
    static readonly Waiver[] Bsd =
    [
        new("INADDR_UNSPEC_GROUP", "an address of the Internet: the same on every system"),
        new("INADDR_ALLHOSTS_GROUP", "an address of the Internet: the same on every system"),
        new("INADDR_ALLRTRS_GROUP", "an address of the Internet: the same on every system"),
        new("INADDR_MAX_LOCAL_GROUP", "an address of the Internet: the same on every system"),
        new("INET_ADDRSTRLEN", "POSIX says 16"),
        new("INET6_ADDRSTRLEN", "POSIX says 46"),
        new("EAI_ADDRFAMILY", "<netdb.h> only"),
        new("EAI_BADHINTS", "<netdb.h> only"),
        new("EAI_PROTOCOL", "<netdb.h> only"),
    ];

    public static readonly Waiver[] MacOS = Bsd;

    public static readonly Waiver[] FreeBSD =
    [
        .. Bsd,
        new("EAI_NODATA", "<netdb.h> only"),
        new("NI_MAXSERV", "<netdb.h> only"),
        new("SIGRTMIN", "<signal.h> only"),
        new("SIGRTMAX", "<signal.h> only"),
        new("AT_EMPTY_PATH", "new in FreeBSD 13"),
        new("O_DSYNC", "new in FreeBSD 13"),
        new("O_PATH", "new in FreeBSD 13.1"),
        new("POLLRDHUP", "new in FreeBSD 13"),
        new("AF_NETLINK", "new in FreeBSD 13.2"),
    ];

    static Waiver NewInKernel(string name, int major, int minor) =>
        new(name, $"new in Linux {major}.{minor}", $"LINUX_VERSION_CODE >= KERNEL_VERSION({major}, {minor}, 0)");

    static Waiver NewInMusl(string name) => new(name, "musl follows some time after the kernel", $"defined {name}");
}
