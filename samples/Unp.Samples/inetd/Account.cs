namespace Unp.Samples.inetd;

/// <summary>
/// Starts a program as another user. posix_spawn can't: it is a further process of this program that becomes the user, and then the program.
/// </summary>
static class Account
{
    /// <summary>Whether this process is what the user and group of a line would make of it, so that the program can be started at once.</summary>
    public static bool IsOwn(string user, string? group) =>
        group is null && getpwnam(user, out uint uid, out _) && uid == geteuid();

    /// <summary>Why nothing can be started as this user and group, or null.</summary>
    public static string? Refusal(string user, string? group)
    {
        if (!getpwnam(user, out uint uid, out _))
            return $"there is no user {user}";
        if (group is not null && !getgrnam(group, out _))
            return $"there is no group {group}";
        return geteuid() != 0 && (uid != geteuid() || group is not null) ? $"only root may start a program as {user}{(group is null ? "" : $":{group}")}" : null;
    }

    /// <summary>The arguments of this program for <see cref="Become"/>.</summary>
    public static string[] Arguments(string user, string? group, string program, IEnumerable<string> argv) =>
        ["inetd/inetd", inetd.Become.Name, group is null ? user : $"{user}:{group}", "--", program, .. argv];

    /// <summary>Becomes a user, for good, and then a program.</summary>
    /// <param name="account">The user, and perhaps a colon and the group.</param>
    /// <param name="command">The program and its arguments, the name that it sees first.</param>
    public static void Become(string account, string[] command)
    {
        if (command.Length == 0)
            err_quit($"{inetd.Become.Name} {account}: no program");

        // Standard error is the client's connection.
        Daemon_inetd("inetd", LOG_DAEMON);
        string user = account.Split(':')[0];
        string? group = account.Contains(':', StringComparison.Ordinal) ? account.Split(':')[1] : null;
        if (Refusal(user, group) is { } refusal)
            err_quit($"{command[0]}: {refusal}");
        getpwnam(user, out uint uid, out uint gid);
        if (group is not null)
            getgrnam(group, out gid);
        if (initgroups(user, gid) < 0 || setgid(gid) < 0 || setuid(uid) < 0)
            err_sys($"{command[0]}: becoming {account}");
        Execv(command[0], command[1..]);
    }
}
