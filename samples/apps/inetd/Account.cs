namespace Unp.Samples.inetd;

/// <summary>
/// Starts a program as another user. posix_spawn(3) cannot do that, so this program is started again, becomes the user, and then executes
/// the program.
/// </summary>
static class Account
{
    /// <summary>Returns whether this process already runs as the user and group, so that the program can be started directly.</summary>
    public static bool IsOwn(string user, string? group) =>
        group is null && getpwnam(user, out uint uid, out _) && uid == geteuid();

    /// <summary>Returns the reason why no program can be started as this user and group, or null.</summary>
    public static string? Refusal(string user, string? group)
    {
        if (!getpwnam(user, out uint uid, out _))
            return $"there is no user {user}";
        if (group is not null && !getgrnam(group, out _))
            return $"there is no group {group}";
        bool isForbidden = geteuid() != 0 && (uid != geteuid() || group is not null);
        return isForbidden ? $"only root may start a program as {user}{(group is null ? "" : $":{group}")}" : null;
    }

    /// <summary>Returns the arguments with which this program calls <see cref="Become"/>.</summary>
    public static string[] Arguments(string user, string? group, string program, IEnumerable<string> argv) =>
        ["inetd/inetd", inetd.Become.Name, group is null ? user : $"{user}:{group}", "--", program, .. argv];

    /// <summary>Becomes a user permanently and executes a program.</summary>
    /// <param name="account">The user, optionally followed by a colon and the group.</param>
    /// <param name="command">The program's file and its arguments, beginning with its name.</param>
    public static void Become(string account, string[] command)
    {
        if (command.Length == 0)
            err_quit($"{inetd.Become.Name} {account}: the program is missing");

        // Standard error is the client's connection, so errors go to syslog.
        Daemon_inetd("inetd", LOG_DAEMON);
        string user = account.Split(':')[0];
        string? group = account.Contains(':', StringComparison.Ordinal) ? account.Split(':')[1] : null;
        if (Refusal(user, group) is { } refusal)
            err_quit($"{command[0]}: {refusal}");
        getpwnam(user, out uint uid, out uint gid);
        if (group is not null)
            getgrnam(group, out gid);
        if (initgroups(user, gid) < 0 || setgid(gid) < 0 || setuid(uid) < 0)
            err_sys($"{command[0]}: cannot become {account}");
        Execv(command[0], command[1..]);
    }
}
