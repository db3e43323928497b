using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;

namespace Unp.Samples.inetd;

/// <summary>
/// The Internet superserver (section 13.5): waits for the clients of many services in one process, and starts the program of each when somebody comes. It is a
/// daemon, unless <c>-d</c> keeps it where it is.
/// </summary>
static class inetd
{
    const string DefaultFile = "/etc/inetd.conf";

    public static readonly Option<bool> Foreground = new("-d", "--foreground")
    {
        Description = "Stay in the foreground, and print errors on standard error instead of sending them to syslog.",
    };

    public static readonly Option<int?> Rate = Number(
        "-R", "--rate", "How often a service may be started in a minute, 256 if not given; 0: any number. Its line may say another number, nowait.1000.");

    public static readonly Option<int?> SourceRate = Number(
        "-C", "--source-rate", "How often a service may be started in a minute for one address; 0, as if not given: any number.");

    public static readonly Option<string?> PidFile = new("-p", "--pid-file")
    {
        Description = "A file for the number of the process; it is removed in the end.",
        HelpName = "path",
    };

    /// <summary>Not for people: how this program starts another as a user.</summary>
    public static readonly Option<string?> Become = new("--become") { Hidden = true };

    public static void Main(string[] args, Options options)
    {
        if (options.Value(Become) is { } account)
        {
            Account.Become(account, args);
            return;
        }
        if (args.Length > 1)
            err_quit("usage: inetd [ <configuration> ]");

        // A daemon is in another directory.
        string file = Path.GetFullPath(args is [var given] ? given : DefaultFile);
        string? pidFile = options.Value(PidFile) is { } path ? Path.GetFullPath(path) : null;
        if (pidFile is not null && Path.GetFileName(pidFile).Length == 0)
            err_quit($"-p {pidFile}: names no file");
        if (!File.Exists(file))
            err_quit($"{file}: no such file");
        using Daemon? daemon = options.Value(Foreground) ? null : Daemon_init("inetd", LOG_DAEMON, static () => []);
        using var server = new InetdServer(
            file, options.Value(Rate) ?? 256, options.Value(SourceRate) ?? 0, (address, service) => options.Tell(address, service));
        using IDisposable sighup = Signal(SIGHUP, _ => server.ReloadSoon());
        using IDisposable sigterm = Signal(SIGTERM, _ => server.Stop());
        using IDisposable sigint = Signal(SIGINT, _ => server.Stop());
        server.Reload();
        using ProcessIdFile? written = pidFile is null ? null : new ProcessIdFile(pidFile);
        daemon?.Ready();
        server.Run();
    }

    static Option<int?> Number(string letter, string name, string description) => new(letter, name)
    {
        Description = description,
        HelpName = "number",
        CustomParser = Parse,
    };

    static int? Parse(ArgumentResult argument)
    {
        string text = argument.Tokens[0].Value;
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number))
            return number;
        argument.AddError($"{text} is no number");
        return null;
    }
}
