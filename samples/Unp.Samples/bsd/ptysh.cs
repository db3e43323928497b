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
        using Fd listenfd = Socket(AF_LOCAL, SOCK_STREAM);
        using (OpenPrivate(Path.GetDirectoryName(path) ?? path))
            BindPrivate(listenfd, path);
        Listen(listenfd);
        options.Ready(listenfd);

        while (true)
        {
            Fd connfd = NextClient(listenfd);
            try
            {
                PeerCredentials peer = Getpeercred(connfd);
                Console.WriteLine($"process {peer.ProcessId} of user {peer.UserId}: {(IsOwn(peer) ? "served" : "refused")}");
                if (IsOwn(peer))
                    Child.Start(connfd, fd => new PtyServer(fd).Run());
                else
                    connfd.Dispose();
            }
            catch (Exception failure) when (failure is UnpException or OutOfMemoryException)
            {
                // Without memory or a descriptor for it, .NET makes no thread.
                connfd.Dispose();
                err_msg($"a client is lost: {failure.Message}");
            }
        }
    }

    /// <summary>Accepts a client. A shortage of descriptors or memory is printed once, and passes when a session ends.</summary>
    static Fd NextClient(Fd listenfd)
    {
        bool isReported = false;
        Fd? connfd;
        while (!TryAccept(listenfd, out connfd, out _, isNonBlocking: false))
        {
            var failure = new UnpException(Errno.Last, "accept");
            if (!failure.Errno.IsShortage)
                throw failure;
            if (!isReported)
                err_msg($"{failure.Message}; tried again every 0.1 s");
            isReported = true;
            Thread.Sleep(100);
        }
        return connfd;
    }

    /// <summary>
    /// Makes the directory, or checks that no other user could put another socket in the place of ours. The open directory is checked, not
    /// its path, and a symbolic link is refused, because another user may have made it.
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
            err_quit($"{directory}: belongs to user {status.UserId}");
        if ((status.Mode & (S_IWGRP | S_IWOTH)) != 0)
            err_quit($"{directory}: others can write to it");
        return fd;
    }

    /// <summary>Binds a socket to which only its user can connect, from its first moment.</summary>
    static void BindPrivate(Fd listenfd, string path)
    {
        uint before = umask(S_IXUSR | S_IRWXG | S_IRWXO);
        try
        {
            Bind_unix(listenfd, path);
        }
        finally
        {
            _ = umask(before);
        }
    }
}
