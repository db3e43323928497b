using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;

namespace Unp.Samples.bsd;

/// <summary>What <see cref="rwhod"/> tells of the host it runs on: how long it is up, its load, and who is logged in (proc(5), utmp(5)).</summary>
static class ThisHost
{
    const string Utmp = "/var/run/utmp";
    const int UtmpSize = 384; // of a struct utmp, on Linux on 64 bits
    const int UserProcess = 7;

    public static Whod Status(string hostname)
    {
        DateTimeOffset now = DateTimeOffset.UtcNow;
        return new Whod(hostname, now, DateTimeOffset.UnixEpoch, now - TimeSpan.FromMilliseconds(Environment.TickCount64), LoadAverages(), Users(now));
    }

    /// <summary>Over 1, 5 and 15 minutes; zeros where the system does not tell it here.</summary>
    static double[] LoadAverages() => File.Exists("/proc/loadavg")
        ? [.. File.ReadAllText("/proc/loadavg").Split(' ').Take(3).Select(load => double.Parse(load, CultureInfo.InvariantCulture))]
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
