using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;

namespace Unp.Samples.inetd;

/// <summary>
/// The Internet superserver (UNP 13.5): waits for the clients of many services in one process and starts a program for each client. It is
/// a daemon unless <c>-d</c> is given.
/// </summary>
static class inetd
{
    const string DefaultFile = "/etc/inetd.conf";

    public static readonly Option<bool> Foreground = new("-d", "--foreground")
    {
        Description = "Stay in the foreground and print errors on standard error, not to syslog.",
    };

    public static readonly Option<int?> Rate = Number(
        "-R", "--rate",
        "The limit of starts per minute and service. The default is 256, and 0 means no limit. nowait.1000 in a line overrides it.");

    public static readonly Option<int?> SourceRate = Number(
        "-C", "--source-rate",
        "The limit of starts per minute, service and client address. The default is 0, no limit.");

    public static readonly Option<string?> PidFile = new("-p", "--pid-file")
    {
        Description = "A file for the process ID. It is removed at the end.",
        HelpName = "path",
    };

    /// <summary>An internal option, with which this program starts another program as a user.</summary>
    public static readonly Option<string?> Become = new("--become") { Hidden = true };

    public static void Main(string[] args, ProgramOptions options)
    {
        if (options.Value(Become) is { } account)
        {
            Account.Become(account, args);
            return;
        }
        if (args.Length > 1)
            options.Usage("[ <configuration> ]");

        // The paths are made absolute because a daemon changes its directory.
        string file = Path.GetFullPath(args is [var given] ? given : DefaultFile);
        string? pidFile = options.Value(PidFile) is { } path ? Path.GetFullPath(path) : null;
        if (pidFile is not null && Path.GetFileName(pidFile).Length == 0)
            err_quit($"-p {pidFile}: the path must end with a file name");
        if (!File.Exists(file))
            err_quit($"{file}: no such file");
        using Daemon? daemon = options.Value(Foreground) ? null : Daemon_init("inetd", LOG_DAEMON, static () => []);
        using var server = new InetdServer(
            file, options.Value(Rate) ?? 256, options.Value(SourceRate) ?? 0, (address, service) => options.PrintAddress(address, service));
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
        argument.AddError($"{text} is not a number");
        return null;
    }
}
