using System.Globalization;

namespace Unp.Samples.unixdomain;

/// <summary>Prints a file that another process has opened (figures 15.9 and 15.10).</summary>
static class mycat
{
    public static void Main(string[] args, ProgramOptions options)
    {
        if (args.Length != 1)
            options.Usage("<pathname>");

        using Fd? fd = my_open(args[0], O_RDONLY, out Errno error);
        if (fd is null)
            err_quit($"cannot open {args[0]}: {error.Message}");

        Span<byte> buff = stackalloc byte[BUFFSIZE];
        int n;
        while ((n = Read(fd, buff)) > 0)
            Write(Fd.StandardOutput, buff[..n]);
    }

    /// <summary>Opens a file with openfile, which passes the descriptor. Returns null and the error if the file cannot be opened.</summary>
    static Fd? my_open(string pathname, int mode, out Errno error)
    {
        const int argsockfd = 3; // openfile's end of the stream pipe; any number above 2 is possible
        string[] arguments = [$"{argsockfd}", pathname, mode.ToString(CultureInfo.InvariantCulture)];

        Socketpair(AF_LOCAL, SOCK_STREAM, 0, out Fd sockfd, out Fd childs);
        using (sockfd)
        using (childs)
        using (SpawnedProcess child = Child.Exec("unixdomain/openfile", arguments, new() { Descriptors = { [argsockfd] = childs } }))
        {
            WaitStatus status = child.Wait();
            if (!status.Exited && !status.IsUnknown)
                err_quit("child did not terminate");

            // If the status was lost, the descriptor shows whether the child has succeeded.
            Fd? fd = null;
            childs.Dispose();
            error = status.IsUnknown ? default : new Errno(status.ExitStatus);
            if (error == default)
                Read_fd(sockfd, stackalloc byte[1], out fd);
            if (fd is null && status.IsUnknown)
                err_quit($"cannot open {pathname}: {status}");
            return fd;
        }
    }
}
