using System.CommandLine;
using System.Globalization;

namespace Unp.Samples.bsd;

/// <summary>
/// 4.3BSD's list of host states: prints the files of <see cref="rwhod"/>, one line per host (UNP 20.4). A host that has sent no status
/// for 11 minutes is shown as down.
/// </summary>
static class ruptime
{
    static readonly TimeSpan DownAfter = TimeSpan.FromMinutes(11);
    static readonly TimeSpan IdleAfter = TimeSpan.FromHours(1);

    public static readonly Option<bool> All = new("--all") { Description = "Include users who have been idle for an hour or more." };

    public static void Main(string[] args, ProgramOptions options)
    {
        if (args.Length != 1)
            options.Usage("<directory>");
        if (!Directory.Exists(args[0]))
            err_quit($"{args[0]} is not a directory");

        var hosts = new List<Whod>();
        foreach (string path in Directory.EnumerateFiles(args[0], "whod.*"))
        {
            if (Whod.Parse(File.ReadAllBytes(path), isFile: true, out string? wrong) is { } host)
                hosts.Add(host);
            else
                err_msg($"{path}: {wrong}");
        }
        if (hosts.Count == 0)
            err_quit("no hosts!?!");
        DateTimeOffset now = DateTimeOffset.UtcNow;
        foreach (Whod host in hosts.OrderBy(host => host.Hostname, StringComparer.Ordinal))
            Console.WriteLine(Line(host, now, options.Value(All)));
    }

    static string Line(Whod host, DateTimeOffset now, bool countsIdle)
    {
        TimeSpan silence = now - host.ReceiveTime;
        if (silence > DownAfter)
            return $"{host.Hostname,-12} {Interval("down", silence)}";
        int users = host.Users.Count(user => countsIdle || user.Idle < IdleAfter);
        IEnumerable<string> averages = host.LoadAverages.Select(load => load.ToString("F2", CultureInfo.InvariantCulture).PadLeft(4));
        string loads = string.Join(", ", averages);
        string up = Interval("up", host.SendTime - host.BootTime);
        return $"{host.Hostname,-12} {up}, {users,4} user{(users == 1 ? ", " : "s,")}  load {loads}";
    }

    /// <summary>Formats days, hours and minutes: <c>"up  12+03:04"</c>.</summary>
    static string Interval(string word, TimeSpan time) => time < TimeSpan.Zero
        ? $"{word,4} ??:??"
        : $"{word,4} {(time.Days > 0 ? $"{time.Days,3}+" : "    ")}{time.Hours,2}:{time.Minutes:D2}";
}
