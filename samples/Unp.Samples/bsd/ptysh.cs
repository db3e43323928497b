using System.CommandLine;

namespace Unp.Samples.bsd;

/// <summary>
/// A shell on a pseudo-terminal, over a Unix domain socket, for the user who serves it and nobody else: what 4.3BSD's rlogin was, without a password,
/// since the kernel says who has connected (beside section 15.8). With --listen it serves, and without it is a client: its terminal is raw, so that the
/// other one does the echo and makes signals of characters, and a new size of its window goes over too.
/// </summary>
static class ptysh
{
    public static readonly Option<bool> Listening = new("--listen") { Description = "Serve shells, in place of asking for one." };

    public static readonly Option<string?> Where = new("--path")
    {
        Description = "The socket's path, in a directory that only its user can write to; ptysh-<user>/socket in the directory for temporary files, if not given.",
        HelpName = "path",
    };

    public static void Main(string[] args, Options options)
    {
        if (args.Length != 0)
            err_quit("usage: ptysh");
        string path = Path.GetFullPath(options.Value(Where) ?? Path.Join(Path.GetTempPath(), $"ptysh-{geteuid()}", "socket"));
        if (options.Value(Listening))
            Serve(path, options);
        else
            PtyClient.Run(path);
    }

    /// <summary>Whether it is this process's own user at the other end.</summary>
    public static bool IsOwn(PeerCredentials peer) => peer.UserId == geteuid();

    static void Serve(string path, Options options)
    {
        MakePrivate(Path.GetDirectoryName(path)!);
        using Fd listenfd = Socket(AF_LOCAL, SOCK_STREAM);
        Bind_unix(listenfd, path);
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        Listen(listenfd); // not before: nobody has connected while the umask alone said who may
        options.Ready(listenfd);

        while (true)
        {
            Fd connfd = Accept(listenfd);
            PeerCredentials peer = Getpeercred(connfd);
            Console.WriteLine($"process {peer.ProcessId} of user {peer.UserId}: {(IsOwn(peer) ? "served" : "refused")}");
            if (IsOwn(peer))
                Child.Start(connfd, fd => new PtyServer(fd).Run());
            else
                connfd.Dispose();
        }
    }

    /// <summary>Makes the directory, or makes sure that nobody else could put a socket of his own in the place of ours.</summary>
    static void MakePrivate(string directory)
    {
        const UnixFileMode Others = UnixFileMode.GroupWrite | UnixFileMode.OtherWrite;
        Directory.CreateDirectory(directory, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        if ((File.GetUnixFileMode(directory) & Others) != 0)
            err_quit($"{directory}: others can write to it");
    }
}
