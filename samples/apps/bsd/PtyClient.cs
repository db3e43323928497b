namespace Unp.Samples.bsd;

/// <summary>The client of <see cref="ptysh"/>. It connects the user's terminal with the shell.</summary>
static class PtyClient
{
    /// <summary>Runs until the shell ends and exits with the shell's status.</summary>
    public static void Run(string path)
    {
        using Fd sockfd = Socket(AF_LOCAL, SOCK_STREAM);
        Connect(sockfd, SockAddr.Unix(path));
        var frames = new PtyFrames(sockfd);
        if (!ptysh.IsOwn(Getpeercred(sockfd)))
            err_quit($"{path}: the server belongs to another user");

        winsize? size = SizeOfTerminal();
        frames.WriteStart(size ?? default, Environment.GetEnvironmentVariable("TERM") ?? "dumb");
        using IDisposable sigwinch = Signal(SIGWINCH, _ => ProgramThread.Run(() => SendSize(frames)));
        SendSize(frames); // the size may have changed before the handler was set
        termios? before = size is null ? null : MakeRaw(Fd.StandardInput);
        using IDisposable sigterm = Signal(SIGTERM, EndBySignal);
        using IDisposable sighup = Signal(SIGHUP, EndBySignal);
        int? status;
        try
        {
            ProgramThread.Start(() => Type(frames));
            status = Print(frames);
        }
        finally
        {
            Restore();
        }
        if (status is null)
            err_quit("the server has closed the connection");
        if (status != 0)
            throw new ExitException(status.Value, "the shell's status");

        void EndBySignal(int signo)
        {
            Restore();
            Environment.Exit(128 + signo);
        }

        void Restore()
        {
            if (before is { } attributes)
                Tcsetattr(Fd.StandardInput, TCSADRAIN, attributes);
        }
    }

    /// <summary>Returns the window size, or null if standard input is not a terminal.</summary>
    static unsafe winsize? SizeOfTerminal()
    {
        winsize size;
        return Libc.ioctl(Fd.StandardInput, TIOCGWINSZ, &size) == 0 ? size : null;
    }

    static void SendSize(PtyFrames frames)
    {
        if (SizeOfTerminal() is { } size)
            UnlessEnded(() => frames.WriteSize(size));
    }

    static void Type(PtyFrames frames)
    {
        byte[] typed = new byte[BUFFSIZE];
        int n;
        while ((n = Read(Fd.StandardInput, typed)) > 0)
            UnlessEnded(() => frames.Write(PtyFrameType.Data, typed.AsSpan(0, n)));
        UnlessEnded(() => frames.Write(PtyFrameType.End, default));
    }

    /// <summary>Writes, and ignores a failure after the shell has ended, because the printing thread receives its status.</summary>
    static void UnlessEnded(Action write)
    {
        try
        {
            write();
        }
        catch (UnpException gone) when (gone.Errno == Errno.EPIPE || gone.Errno == Errno.ECONNRESET)
        {
            // The shell has ended.
        }
    }

    /// <summary>Prints the output and returns the status, or null if the server closes the connection without a status.</summary>
    static int? Print(PtyFrames frames)
    {
        while (frames.TryRead(out PtyFrameType type, out ReadOnlySpan<byte> content))
        {
            if (type == PtyFrameType.Exit)
                return PtyFrames.StatusIn(content);
            if (type != PtyFrameType.Data)
                err_quit($"unexpected frame {type} from the server");
            if (content.Length > 0)
                Write(Fd.StandardOutput, content);
        }
        return null;
    }
}
