namespace Unp.Samples.Tests.udpcliserv;

/// <summary>A directory served by udpservtftp, with a secret file beside it.</summary>
sealed class TftpSite : IDisposable
{
    readonly TempDirectory directory = new();
    readonly int idleSockets;

    /// <summary>Starts a server that repeats nothing during a test, unless the options contain another time-out.</summary>
    public TftpSite(params string[] options)
        : this("127.0.0.1", options)
    {
    }

    TftpSite(string address, string[] options)
    {
        Directory.CreateDirectory(directory["tftp/sub"]);
        File.WriteAllText(directory["secret"], "secret");
        File.CreateSymbolicLink(directory["tftp/out"], "../secret");
        Directory.CreateSymbolicLink(directory["tftp/up"], "..");
        string[] patience = options.Contains("--timeout") ? [] : ["--timeout", "60000"];
        Server = UnpProcess.StartServer(
            "udpcliserv/udpservtftp", address, out SockAddr listening, ["--dir", directory["tftp"], .. patience, .. options]);
        Address = listening;
        idleSockets = Proc.Sockets(Server.Id); // also those of the runtime
    }

    /// <summary>Starts a server at an address that is not 127.0.0.1.</summary>
    public static TftpSite At(string address, params string[] options) => new(address, options);

    public Peer Server { get; }

    public SockAddr Address { get; }

    public string Port => $"{Address.Port}";

    /// <summary>The path of a file in the directory.</summary>
    public string this[string name] => directory[$"tftp/{name}"];

    /// <summary>The names of the regular files in the directory and below, also of hidden ones.</summary>
    public IEnumerable<string> Files =>
        from path in Directory.GetFiles(directory["tftp"]).Concat(Directory.GetFiles(directory["tftp/sub"]))
        where new FileInfo(path).LinkTarget is null
        select Path.GetRelativePath(directory["tftp"], path);

    /// <summary>The names of the entries beside the directory.</summary>
    public IEnumerable<string?> Outside => Directory.GetFileSystemEntries(directory["."]).Select(Path.GetFileName);

    public TftpClient Client() => new(Address);

    /// <summary>Adds a file of random bytes and returns them. The umask must let every user read it.</summary>
    public byte[] Add(string name, int size)
    {
        byte[] content = TestData.Bytes(size, seed: size);
        File.WriteAllBytes(this[name], content);
        return content;
    }

    /// <summary>The number of transfers, each of which has a socket.</summary>
    public int Transfers => Proc.Sockets(Server.Id) - idleSockets;

    public void WaitUntilIdle() => Limit.Until(() => Transfers == 0, "all transfers have ended");

    public void Dispose()
    {
        Server.Dispose();
        directory.Dispose();
    }
}
