using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;

namespace Unp.Samples.bsd;

/// <summary>The status of this host for <see cref="rwhod"/>: uptime, load and logged-in users (proc(5), utmp(5)).</summary>
static class ThisHost
{
    const string Utmp = "/var/run/utmp";
    const int UtmpSize = 384; // sizeof(struct utmp) on 64-bit Linux
    const int UserProcess = 7;

    public static Whod Status(string hostname)
    {
        DateTimeOffset now = DateTimeOffset.UtcNow;
        DateTimeOffset boot = now - TimeSpan.FromMilliseconds(Environment.TickCount64);
        return new Whod(hostname, now, DateTimeOffset.UnixEpoch, boot, LoadAverages(), Users(now));
    }

    /// <summary>Returns the averages of 1, 5 and 15 minutes, or zeros where the system has no <c>/proc/loadavg</c>.</summary>
    static double[] LoadAverages() => File.Exists("/proc/loadavg")
        ? [
            .. File.ReadAllText("/proc/loadavg").Split(' ').Take(3)
                .Select(load => double.Parse(load, CultureInfo.InvariantCulture)),
        ]
        : [0, 0, 0];

    static WhoEntry[] Users(DateTimeOffset now)
    {
        byte[] all = File.Exists(Utmp) ? File.ReadAllBytes(Utmp) : [];
        var users = new List<WhoEntry>();
        for (int at = 0; at + UtmpSize <= all.Length; at += UtmpSize)
        {
            ReadOnlySpan<byte> entry = all.AsSpan(at, UtmpSize);
            if (MemoryMarshal.Read<short>(entry) != UserProcess)
                continue;
            string line = Text(entry.Slice(8, 32));
            var since = DateTimeOffset.FromUnixTimeSeconds(MemoryMarshal.Read<uint>(entry[340..]));
            string terminal = Path.Join("/dev", line);
            TimeSpan idle = File.Exists(terminal) ? now - File.GetLastAccessTimeUtc(terminal) : TimeSpan.Zero;
            users.Add(new WhoEntry(line, Text(entry.Slice(44, 32)), since, idle));
        }
        return [.. users];
    }

    static string Text(ReadOnlySpan<byte> field)
    {
        int end = field.IndexOf((byte)0);
        return Encoding.Latin1.GetString(end < 0 ? field : field[..end]);
    }
}
