using System.CommandLine;

namespace Unp.Samples.bsd;

/// <summary>
/// A remote shell on a pseudo-terminal, over a Unix domain socket, like 4.3BSD's rlogin (UNP 15.8). It serves only its own user and needs
/// no password, because the kernel reports the user of the peer. With --listen it is the server, otherwise the client. The client's
/// terminal is raw, so the server's terminal echoes and generates signals. Changes of the window size are passed on.
/// </summary>
static class ptysh
{
    public static readonly Option<bool> Listening = new("--listen") { Description = "Serve shells instead of requesting one." };

    public static readonly Option<string?> Where = new("--path")
    {
        Description = "The path of the socket, in a directory that only its user can write to. "
            + "The default is ptysh-<user>/socket in the directory for temporary files.",
        HelpName = "path",
    };

    public static void Main(string[] args, ProgramOptions options)
    {
        if (args.Length != 0)
            options.Usage();
        string path = Path.GetFullPath(options.Value(Where) ?? Path.Join(Path.GetTempPath(), $"ptysh-{geteuid()}", "socket"));
        if (options.Value(Listening))
            Serve(path, options);
        else
            PtyClient.Run(path);
    }

    /// <summary>Returns whether the peer runs as the user of this process.</summary>
    public static bool IsOwn(PeerCredentials peer) => peer.UserId == geteuid();

    static void Serve(string path, ProgramOptions options)
    {
        using Fd listenfd = Socket(AF_LOCAL, SOCK_STREAM);
        using (OpenPrivate(Path.GetDirectoryName(path) ?? path))
            BindPrivate(listenfd, path);
        Listen(listenfd);
        options.Ready(listenfd);

        while (true)
        {
            Fd connfd = Acceptor.Accept(listenfd);
            try
            {
                PeerCredentials peer = Getpeercred(connfd);
                Console.WriteLine($"process {peer.ProcessId} of user {peer.UserId}: {(IsOwn(peer) ? "served" : "refused")}");
                if (IsOwn(peer))
                    Child.Start(connfd, fd => new PtyServer(fd).Run());
                else
                    connfd.Dispose();
            }
            catch (UnpException failure)
            {
                connfd.Dispose();
                err_msg($"{failure.Message}; closing a client");
            }
        }
    }

    /// <summary>
    /// Creates the directory, or checks that no other user can replace the socket in it. The check uses the open directory, not its path.
    /// A symbolic link is refused, because another user may have created it.
    /// </summary>
    static Fd OpenPrivate(string directory)
    {
        try
        {
            Directory.CreateDirectory(directory, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            err_quit($"{directory}: {failure.Message}");
        }
        Fd fd = Open(directory, O_RDONLY | O_DIRECTORY | O_NOFOLLOW);
        FileStatus status = Fstat(fd);
        if (status.UserId != geteuid())
            err_quit($"{directory}: the directory belongs to user {status.UserId}");
        if ((status.Mode & (S_IWGRP | S_IWOTH)) != 0)
            err_quit($"{directory}: other users can write to the directory");
        return fd;
    }

    /// <summary>Binds a socket to which only the user of this process can connect, from the moment that its path exists.</summary>
    static void BindPrivate(Fd listenfd, string path)
    {
        uint before = umask(S_IXUSR | S_IRWXG | S_IRWXO);
        try
        {
            BindUnix(listenfd, path);
        }
        finally
        {
            _ = umask(before);
        }
    }
}
