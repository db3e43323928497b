using System.Globalization;
using System.Text.RegularExpressions;

namespace Unp.Samples.Tests.inetd;

/// <summary>
/// The sample inetd in the foreground, with a test's configuration. Its services use port 0 on different loopback addresses.
/// </summary>
sealed class InetdProcess : IDisposable
{
    readonly TempDirectory directory = new();
    readonly Peer process;

    /// <summary>Starts inetd.</summary>
    /// <param name="configuration">The lines of the file. <c>DIR</c> stands for a directory of the test.</param>
    /// <param name="options">The command-line options.</param>
    public InetdProcess(string configuration, params string[] options)
    {
        Write(configuration);
        process = UnpProcess.Start(["inetd/inetd", "-d", .. options, File]);
    }

    public string File => directory["inetd.conf"];

    public int Id => process.Id;

    public string this[string name] => directory[name];

    public void Write(string configuration) =>
        System.IO.File.WriteAllText(File, configuration.Replace("DIR", Path.GetDirectoryName(directory["x"]), StringComparison.Ordinal));

    /// <summary>Makes inetd read its configuration again.</summary>
    public void Reload() => process.Kill(SIGHUP);

    /// <summary>The next line of standard error.</summary>
    public string ReadErrorLine() => process.ReadErrorLine() ?? throw new InvalidOperationException("inetd has ended");

    /// <summary>The address of the next opened service.</summary>
    public SockAddr Next()
    {
        string line = ReadErrorLine();
        Assert.StartsWith("listening on ", line, StringComparison.Ordinal);
        return SockAddr.Parse(line["listening on ".Length..]);
    }

    public Outcome Stop(int signal = SIGTERM) => process.Kill(signal).Finish();

    /// <summary>The child processes that have not been reaped. Zombies are marked.</summary>
    public string[] Children =>
    [
        .. from status in Directory.GetDirectories("/proc").Where(path => char.IsAsciiDigit(Path.GetFileName(path)[0]))
           let stat = Stat(status)
           where stat is not null && stat.Groups[3].Value == string.Create(CultureInfo.InvariantCulture, $"{Id}")
           select $"{stat.Groups[1].Value} {stat.Groups[2].Value}",
    ];

    public void Dispose()
    {
        process.Dispose();
        directory.Dispose();
    }

    static Match? Stat(string process)
    {
        try
        {
            return Regex.Match(System.IO.File.ReadAllText($"{process}/stat"), "^[0-9]+ \\((.*)\\) (.) ([0-9]+) ");
        }
        catch (IOException)
        {
            return null; // the process is gone
        }
    }
}
