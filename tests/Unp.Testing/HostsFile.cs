using Xunit;

namespace Unp.Testing;

/// <summary>
/// Host names of a test's own, some with several addresses, and no name server: a child process sees them in place of the machine's, by a mount
/// name space.
/// </summary>
public sealed class HostsFile : IDisposable
{
    readonly TempDirectory directory = new();
    bool network = true;

    public HostsFile(params string[] lines)
    {
        Directory.CreateDirectory(directory["etc"]);
        Write("hosts", lines);
        Write("nsswitch.conf", "hosts: files", "networks: files");
    }

    /// <summary>Networks of the test's own.</summary>
    public HostsFile Networks(params string[] lines) => Write("networks", lines);

    /// <summary>
    /// A name server too, asked once and for a second. The child has no network then but its own loopback, where no name server is unless it starts one.
    /// </summary>
    public HostsFile NameServer(string address)
    {
        network = false;
        Write("nsswitch.conf", "hosts: files dns");
        return Write("resolv.conf", $"nameserver {address}", "options timeout:1 attempts:1");
    }

    /// <summary>Runs a scenario where these are the names, and gives its standard output and error. Skips the test where mounting is not allowed.</summary>
    public (string Output, string Error) Run(string scenario, params string[] arguments)
    {
        Outcome outcome = RunProgram(ChildProcess.Executable, [scenario, .. arguments]);
        return (outcome.Output.TrimEnd(), outcome.Error.TrimEnd());
    }

    /// <summary>Runs <c>unp folder/program arguments</c> where these are the names. Skips the test where mounting is not allowed.</summary>
    public Outcome RunUnp(params string[] arguments) => RunProgram(UnpProcess.Executable, arguments);

    Outcome RunProgram(string program, string[] arguments)
    {
        const string Ready = "ready";
        const string Script = """for file in "$0"/*; do mount --bind "$file" "/etc/${file##*/}" || exit; done;""";
        string[] unshare = network ? ["--map-root-user", "--mount"] : ["--map-root-user", "--mount", "--net"];
        string script = $"{Script}{(network ? "" : " ip link set lo up || exit;")} echo {Ready}; exec \"$@\"";
        using Peer peer = Peer.Start("unshare", [.. unshare, "sh", "-c", script, directory["etc"], program, .. arguments]);
        bool ready = peer.ReadLine() == Ready;
        string output = peer.ReadToEnd();
        string error = peer.ReadErrorToEnd();
        int status = peer.WaitForExit();
        Assert.SkipUnless(ready, $"name spaces of one's own are not allowed here: {error}");
        return new Outcome(status, output, error);
    }

    HostsFile Write(string file, params string[] lines)
    {
        File.WriteAllLines(Path.Combine(directory["etc"], file), lines);
        return this;
    }

    public void Dispose() => directory.Dispose();
}
