using System.Runtime.InteropServices;
using Unp.Net;
using Xunit;
using static Unp.Net.Libc;

namespace Unp.Testing;

/// <summary>
/// A separate host for a test: a network namespace, which vanishes when this object and its sockets are closed, even if the test is killed.
/// Only root can create one.
/// </summary>
/// <remarks>
/// Sockets are created, and functions called, on a thread inside that ends afterwards. Sockets stay inside whichever thread uses them,
/// and no pool thread ever starts inside. Programs enter by nsenter(1).
/// </remarks>
public sealed partial class NetworkNamespace : IDisposable
{
    const int CLONE_NEWNET = 0x40000000;

    readonly Fd descriptor;

    /// <summary>Creates a host whose only network is its loopback. Skips the test if that is not allowed.</summary>
    public NetworkNamespace()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "only Linux has network namespaces");
        (Fd? made, Errno reason) = OnThread(() =>
        {
            if (unshare(CLONE_NEWNET) < 0)
                return (null, new Errno(Marshal.GetLastPInvokeError()));
            return ((Fd?)Libunp.Open("/proc/thread-self/ns/net", O_RDONLY), default(Errno));
        });
        Assert.SkipWhen(made is null, $"creating a network namespace is not allowed here: {reason.Message}");
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

    /// <summary>Gets the name of the namespace for <c>ip</c> in any process: <c>ip link add ... netns "$path"</c>.</summary>
    public string Path => $"/proc/{Environment.ProcessId}/fd/{descriptor.DangerousGetHandle()}";

    /// <summary>
    /// Joins two hosts by a link, whose ends are up and can send. Duplicate address detection of IPv6 is off, so there is no wait for it.
    /// The second end gets its link-local address within a second, and an address of <c>ip address add</c> at once.
    /// </summary>
    public static void Join(NetworkNamespace first, string firstName, NetworkNamespace second, string secondName)
    {
        const string NoAddressDetection =
            "echo 0 >/proc/sys/net/ipv6/conf/default/accept_dad; echo 0 >/proc/sys/net/ipv6/conf/all/accept_dad";
        second.Run(NoAddressDetection);
        string add = $"ip link add {firstName} type veth peer name {secondName} netns {second.Path}";
        first.Run($"{NoAddressDetection}; {add}; ip link set {firstName} up");
        second.Run($"ip link set {secondName} up");
        first.WaitForLink(firstName);
    }

    /// <summary>
    /// Waits until an interface that was up before the other end of its link can send. The kernel activates it on a thread of its own, and
    /// then adds the route for IPv6 multicast. Before that it drops what is sent.
    /// </summary>
    void WaitForLink(string name)
    {
        const string Routes = "/proc/thread-self/net/ipv6_route";
        const string Multicast = "ff000000000000000000000000000000 08 ";
        if (!File.Exists(Routes))
            return;
        Limit.Until(
            () => Call(() => File.ReadLines(Routes).Any(route =>
                route.StartsWith(Multicast, StringComparison.Ordinal) && route.EndsWith($" {name}", StringComparison.Ordinal))),
            $"{name} can send");
    }

    /// <summary>Runs a shell script inside and returns its output. It stops at the first command that fails.</summary>
    public string Run(string script)
    {
        Peer.Require("ip");
        using Peer shell = Peer.Start("nsenter", $"--net={Path}", "sh", "-ec", script);
        Outcome outcome = shell.Finish();
        if (outcome.Status != 0)
            throw new InvalidOperationException($"{script}: status {outcome.Status}, {outcome.Error}");
        return outcome.Output;
    }

    /// <summary>Creates a socket of this host, with a time limit for blocking calls.</summary>
    public Fd Socket(int family, int type, int protocol = 0) => Loopback.Limited(Call(() => Libunp.Socket(family, type, protocol)));

    /// <summary>Calls a function inside, on a thread of its own. The function must not start threads.</summary>
    public T Call<T>(Func<T> function) => OnThread(() =>
    {
        if (setns((int)descriptor.DangerousGetHandle(), CLONE_NEWNET) < 0)
            throw new UnpException(new Errno(Marshal.GetLastPInvokeError()), "setns");
        return function();
    });

    /// <inheritdoc cref="Call{T}"/>
    public void Call(Action function) => Call(() =>
    {
        function();
        return true;
    });

    public void Dispose() => descriptor.Dispose();

    /// <summary>Runs on its own thread, because a namespace is a property of the thread and ends with it.</summary>
    static T OnThread<T>(Func<T> call) => new BlockedThread<T>(call).Result;

    [LibraryImport("libc", SetLastError = true)]
    private static partial int unshare(int flags);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int setns(int fd, int nstype);
}
