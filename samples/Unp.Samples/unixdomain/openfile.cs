namespace Unp.Samples.unixdomain;

/// <summary>Opens a file and passes the descriptor to its parent process. The exit status is the errno value (figure 15.12).</summary>
static class openfile
{
    public static void Main(string[] args, ProgramOptions options)
    {
        if (args.Length != 3)
            options.Usage("<sockfd#> <filename> <mode>");

        using Fd sockfd = Fd.Borrow(ProgramOptions.Number(args[0]));
        int descriptor = open(args[1], ProgramOptions.Number(args[2]));
        if (descriptor < 0)
            throw Exit("open");
        using var fd = new Fd(descriptor);
        if (write_fd(sockfd, [0], fd) < 0)
            throw Exit("write_fd");
    }

    /// <summary>Ends without output, because the exit status reports the error.</summary>
    static ExitException Exit(string function)
    {
        Errno error = Errno.Last;
        return new(error.Value, $"{function} error: {error.Message}");
    }
}
