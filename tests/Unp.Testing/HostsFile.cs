using Xunit;

namespace Unp.Testing;

/// <summary>
/// Host names for one test, some with several addresses, without a name server. A child process sees these files in place of the machine's,
/// in its own mount namespace.
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

    /// <summary>Sets the networks file.</summary>
    public HostsFile Networks(params string[] lines) => Write("networks", lines);

    /// <summary>
    /// Adds a name server, which is queried once with a timeout of one second. The child then has only its own loopback network, so a name
    /// server exists only if the child starts one.
    /// </summary>
    public HostsFile NameServer(string address)
    {
        network = false;
        Write("nsswitch.conf", "hosts: files dns");
        return Write("resolv.conf", $"nameserver {address}", "options timeout:1 attempts:1");
    }

    /// <summary>
    /// Runs a scenario with these names and returns its standard output and error. Skips the test if mounting is not allowed.
    /// </summary>
    public (string Output, string Error) Run(string scenario, params string[] arguments)
    {
        Outcome outcome = RunProgram(ChildProcess.Executable, [scenario, .. arguments]);
        return (outcome.Output.TrimEnd(), outcome.Error.TrimEnd());
    }

    /// <summary>Runs <c>unp folder/program arguments</c> with these names. Skips the test if mounting is not allowed.</summary>
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
        Assert.SkipUnless(ready, $"creating namespaces is not allowed here: {error}");
        return new Outcome(status, output, error);
    }

    HostsFile Write(string file, params string[] lines)
    {
        File.WriteAllLines(Path.Combine(directory["etc"], file), lines);
        return this;
    }

    public void Dispose() => directory.Dispose();
}
