namespace Unp.Samples.bsd;

/// <summary>The client of <see cref="ptysh"/>: its terminal is the shell's.</summary>
static class PtyClient
{
    /// <summary>Runs until the shell ends; its status is the program's.</summary>
    public static void Run(string path)
    {
        using Fd sockfd = Socket(AF_LOCAL, SOCK_STREAM);
        Connect(sockfd, SockAddr.Unix(path));
        var frames = new PtyFrames(sockfd);
        if (!ptysh.IsOwn(Getpeercred(sockfd)))
            err_quit($"{path}: another user serves there");

        winsize? size = SizeOfTerminal();
        frames.WriteStart(size ?? default, Environment.GetEnvironmentVariable("TERM") ?? "dumb");
        using IDisposable sigwinch = Signal(SIGWINCH, _ => ProgramThread.Run(() => TellSize(frames)));
        TellSize(frames); // it may have changed in between
        termios? before = size is null ? null : Tty_raw(Fd.StandardInput);
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
            err_quit("the server has ended");
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

    /// <summary>Null where standard input is no terminal.</summary>
    static unsafe winsize? SizeOfTerminal()
    {
        winsize size;
        return ioctl(Fd.StandardInput, TIOCGWINSZ, &size) == 0 ? size : null;
    }

    static void TellSize(PtyFrames frames)
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

    /// <summary>A shell that has ended reads no more; the thread that prints finds its status.</summary>
    static void UnlessEnded(Action write)
    {
        try
        {
            write();
        }
        catch (UnpException gone) when (gone.Errno == Errno.EPIPE || gone.Errno == Errno.ECONNRESET)
        {
            // It has.
        }
    }

    /// <summary>Prints what comes. Null when the server ends without a word.</summary>
    static int? Print(PtyFrames frames)
    {
        while (frames.TryRead(out PtyFrameType type, out ReadOnlySpan<byte> content))
        {
            if (type == PtyFrameType.Exit)
                return PtyFrames.StatusIn(content);
            if (type != PtyFrameType.Data)
                err_quit($"a server sends no frame {type}");
            if (content.Length > 0)
                Write(Fd.StandardOutput, content);
        }
        return null;
    }
}
