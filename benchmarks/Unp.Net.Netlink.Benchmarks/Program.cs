using System.CommandLine;
using System.Runtime.Versioning;

[assembly: SupportedOSPlatform("linux")]

namespace Unp.Net.Netlink.Benchmarks;

/// <summary>The command line.</summary>
static class Program
{
    static int Main(string[] args)
    {
        var rounds = new Option<int>("--rounds") { Description = "The number of turns of each program.", DefaultValueFactory = _ => 25 };
        var inside = new Option<bool>(IsolatedHost.InsideOption) { Hidden = true };
        var root = new RootCommand("""
            Compares dumps by Unp.Net.Netlink with C, with NetworkInterface and with ip and ss, in a network namespace of its own.
            It needs gcc, iproute2 and unshare. Nothing else should run on the machine meanwhile.
            """) { rounds, inside };
        root.SetAction(parsed =>
            parsed.GetValue(inside) ? Runner.Run(Math.Max(1, parsed.GetValue(rounds))) : IsolatedHost.StartSelf(args));
        return root.Parse(args).Invoke();
    }
}
