using System.Runtime.InteropServices;
using Unp.Net;
using Xunit;
using static Unp.Net.Libc;

namespace Unp.Testing;

/// <summary>
/// A host of a test's own: a network namespace, which is gone when this and its sockets are closed, even if the test is killed. Only root can make one.
/// </summary>
/// <remarks>
/// Only sockets are made inside, on a thread that ends then: they stay there whoever uses them, and no thread of the pool is ever started inside. Programs
/// go there by nsenter.
/// </remarks>
public sealed partial class NetworkNamespace : IDisposable
{
    const int CLONE_NEWNET = 0x40000000;

    readonly Fd descriptor;

    /// <summary>Makes a host that has no network but its loopback. Skips the test where that is not allowed.</summary>
    public NetworkNamespace()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "only Linux has network namespaces");
        (Fd? made, Errno reason) = OnThread(() =>
        {
            if (unshare(CLONE_NEWNET) < 0)
                return (null, new Errno(Marshal.GetLastPInvokeError()));
            return ((Fd?)Libunp.Open("/proc/thread-self/ns/net", O_RDONLY), default(Errno));
        });
        Assert.SkipWhen(made is null, $"a network namespace of one's own is not allowed here: {reason.Message}");
        descriptor = made!;
        try
        {
            Run("ip link set lo up");
        }
        catch
        {
            descriptor.Dispose();
            throw;
        }
    }

    /// <summary>What <c>ip</c> takes for the name of it, from any program: <c>ip link add ... netns "$path"</c>.</summary>
    public string Path => $"/proc/{Environment.ProcessId}/fd/{descriptor.DangerousGetHandle()}";

    /// <summary>Joins two hosts by a cable, whose ends are up, without waiting for IPv6 to try its addresses.</summary>
    public static void Join(NetworkNamespace first, string firstName, NetworkNamespace second, string secondName)
    {
        const string NoTrial = "echo 0 >/proc/sys/net/ipv6/conf/default/accept_dad; echo 0 >/proc/sys/net/ipv6/conf/all/accept_dad";
        second.Run(NoTrial);
        first.Run($"{NoTrial}; ip link add {firstName} type veth peer name {secondName} netns {second.Path}; ip link set {firstName} up");
        second.Run($"ip link set {secondName} up");
    }

    /// <summary>Runs a script of the shell there; it stops at the first command that fails.</summary>
    public void Run(string script)
    {
        Peer.Require("ip");
        using Peer shell = Peer.Start("nsenter", $"--net={Path}", "sh", "-ec", script);
        Outcome outcome = shell.Finish();
        if (outcome.Status != 0)
            throw new InvalidOperationException($"{script}: status {outcome.Status}, {outcome.Error}");
    }

    /// <summary>A socket of this host, with a time limit for calls that block.</summary>
    public Fd Socket(int family, int type, int protocol = 0) => Loopback.Limited(OnThread(() =>
    {
        if (setns((int)descriptor.DangerousGetHandle(), CLONE_NEWNET) < 0)
            throw new UnpException(new Errno(Marshal.GetLastPInvokeError()), "setns");
        return Libunp.Socket(family, type, protocol);
    }));

    public void Dispose() => descriptor.Dispose();

    /// <summary>A namespace belongs to the thread, and goes with it.</summary>
    static T OnThread<T>(Func<T> call) => new BlockedThread<T>(call).Result;

    [LibraryImport("libc", SetLastError = true)]
    private static partial int unshare(int flags);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int setns(int fd, int nstype);
}
