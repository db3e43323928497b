namespace Unp.Net.Tests.Names;

/// <summary>
/// Host names of a test's own, some with several addresses, and no name server: a child process sees them in place of the machine's, by a mount
/// name space.
/// </summary>
sealed class HostsFile : IDisposable
{
    readonly TempDirectory directory = new();

    public HostsFile(params string[] lines)
    {
        File.WriteAllLines(directory["hosts"], lines);
        File.WriteAllText(directory["nsswitch.conf"], "hosts: files\n");
    }

    /// <summary>Runs a scenario where these are the names, and gives its standard output and error. Skips the test where mounting is not allowed.</summary>
    public (string Output, string Error) Run(string scenario, params string[] arguments)
    {
        const string Mounted = "mounted";
        const string Script = $"""
            mount --bind "$0/hosts" /etc/hosts && mount --bind "$0/nsswitch.conf" /etc/nsswitch.conf && echo {Mounted} && exec "$@"
            """;
        string child = Path.Combine(AppContext.BaseDirectory, "Unp.Testing.Child");
        using Peer peer = Peer.Start("unshare", ["--map-root-user", "--mount", "sh", "-c", Script, directory[""], child, scenario, .. arguments]);
        bool mounted = peer.ReadLine() == Mounted;
        string output = peer.ReadToEnd().TrimEnd();
        string error = peer.ReadErrorToEnd().TrimEnd();
        peer.WaitForExit();
        Assert.SkipUnless(mounted, $"a mount name space of one's own is not allowed here: {error}");
        return (output, error);
    }

    public void Dispose() => directory.Dispose();
}
