using System.Diagnostics;
using System.Globalization;

namespace Unp.Samples.Tests.inetd;

/// <summary>Runs one program per client, for many clients per second. UNP_INETD_SECONDS=60 runs longer and prints the rate.</summary>
public class InetdLoadTests(ITestOutputHelper output)
{
    const int Clients = 4;

    static readonly int Seconds =
        Environment.GetEnvironmentVariable("UNP_INETD_SECONDS") is { } seconds ? int.Parse(seconds, CultureInfo.InvariantCulture) : 3;

    [Fact]
    public void Load_leaves_no_zombie_or_descriptor_and_all_are_answered()
    {
        using var inetd = new InetdProcess($"127.0.0.1:0 stream tcp nowait.0 {Environment.UserName} /bin/echo echo answered\n");
        SockAddr service = inetd.Next();
        for (int i = 0; i < 10; i++)
            Ask(service);
        Limit.Until(() => inetd.Children.Length == 0, "the first programs gone");
        int before = Descriptors(inetd.Id);

        long started = Stopwatch.GetTimestamp();
        var limit = TimeSpan.FromSeconds(Seconds);
        int[] served = new int[Clients];
        Task[] clients = [.. Enumerable.Range(0, Clients).Select(client => Task.Factory.StartNew(
            () =>
            {
                while (Stopwatch.GetElapsedTime(started) < limit)
                {
                    Ask(service);
                    served[client]++;
                }
            },
            TaskCreationOptions.LongRunning))];
        Task.WhenAll(clients).Within(limit + Limit.Default);
        output.WriteLine($"{served.Sum() / Stopwatch.GetElapsedTime(started).TotalSeconds:0} programs a second for {Seconds} s");
        Assert.InRange(served.Sum(), 20 * Seconds, int.MaxValue);
        Limit.Until(() => inetd.Children.Length == 0, "no child, and no zombie, left");
        Limit.Until(() => Descriptors(inetd.Id) <= before, "the descriptors closed");
        Assert.Equal(new Outcome(0, "", ""), inetd.Stop());
    }

    static void Ask(SockAddr service)
    {
        using Wire client = Wire.Connect(service);
        Assert.Equal("answered\n", client.ReceiveToEnd());
    }

    /// <summary>Counts open sockets and anonymous inodes. Files are not counted, because the runtime may open some at any time.</summary>
    static int Descriptors(int process) => Directory.GetFiles($"/proc/{process}/fd")
        .Select(fd => new FileInfo(fd).LinkTarget ?? "")
        .Count(target =>
            target.StartsWith("socket:", StringComparison.Ordinal) || target.StartsWith("anon_inode:", StringComparison.Ordinal));
}
