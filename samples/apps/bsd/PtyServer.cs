using System.Text;

namespace Unp.Samples.bsd;

/// <summary>A session of <see cref="ptysh"/>: a shell, its terminal, and one thread per direction.</summary>
/// <param name="sockfd">The connection.</param>
sealed class PtyServer(Fd sockfd)
{
    /// <summary>The time a shell may take to end after its client is gone.</summary>
    static readonly TimeSpan HangupTimeout = TimeSpan.FromSeconds(5);

    /// <summary>The time to wait for remaining output of a shell that has ended, because the kernel delivers it with a delay.</summary>
    static readonly TimeSpan OutputDelay = TimeSpan.FromSeconds(0.1);

    readonly PtyFrames frames = new(sockfd);

    /// <summary>Serves the client until the shell or the client ends.</summary>
    public void Run()
    {
        if (!frames.TryRead(out PtyFrameType type, out ReadOnlySpan<byte> content))
            return;
        if (type != PtyFrameType.Start)
            err_quit($"the first frame of a client must be {PtyFrameType.Start}, not {type}");
        winsize size = PtyFrames.SizeIn(content, out ReadOnlySpan<byte> term);
        using SpawnedProcess shell = StartShell(size, term, out Fd master);
        using (master)
            Serve(shell, master);
    }

    /// <summary>
    /// Serves the session. Afterwards the shell has ended or was hung up, and the other thread no longer uses the two descriptors, so they
    /// can be closed.
    /// </summary>
    void Serve(SpawnedProcess shell, Fd master)
    {
        Thread? typing = null;
        bool hasEnded = false;
        try
        {
            SetNonBlocking(master);
            typing = StartTyping(master);
            hasEnded = Print(master, shell);
            if (hasEnded)
                WriteEnd(shell);
        }
        finally
        {
            _ = shutdown(sockfd, SHUT_RDWR);
            typing?.Join();
            if (!hasEnded)
                Hangup(shell);
        }
    }

    Thread StartTyping(Fd master)
    {
        var typing = new Thread(() =>
        {
            // A client that violates the protocol is treated as gone.
            if (UnpProgram.Run(() => Type(master)) != 0)
                _ = shutdown(sockfd, SHUT_RDWR);
        });
        if (!ProgramThread.TryStart(typing))
            err_quit("the thread of a client cannot be created, so the connection is closed");
        return typing;
    }

    void WriteEnd(SpawnedProcess shell)
    {
        WaitStatus status = shell.Wait();
        if (status.IsUnknown)
            err_msg($"{shell}: sending status {status.ShellStatus} to the client");
        frames.WriteExit(status.ShellStatus);
    }

    static SpawnedProcess StartShell(winsize size, ReadOnlySpan<byte> term, out Fd master)
    {
        string shell = Environment.GetEnvironmentVariable("SHELL") is { Length: > 0 } chosen ? chosen : "/bin/sh";
        var environment = new Dictionary<string, string>();
        foreach (System.Collections.DictionaryEntry variable in Environment.GetEnvironmentVariables())
            environment[(string)variable.Key] = (string)variable.Value!;
        environment["TERM"] = TermOf(term);
        return Forkpty(out master, shell, [], size, new() { Environment = environment });
    }

    /// <summary>Returns a valid terminal name. Some programs use the name as a file name, so other characters are rejected.</summary>
    static string TermOf(ReadOnlySpan<byte> term)
    {
        string name = Encoding.ASCII.GetString(term);
        bool isValid = name.Length is > 0 and <= PtyFrames.MaxTermLength
            && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '+' or '.' or '_');
        return isValid ? name : "dumb";
    }

    /// <summary>Sends the output to the client until the shell has ended. Returns false if the client left first.</summary>
    bool Print(Fd master, SpawnedProcess shell)
    {
        int terminal = (int)master.DangerousGetHandle();
        Fd? pidfd = PidfdOf(shell);
        Span<pollfd> wait =
        [
            new() { events = POLLIN },
            new() { fd = (int)sockfd.DangerousGetHandle() }, // poll(2) reports a hangup without being asked
            new() { fd = (int)(pidfd?.DangerousGetHandle() ?? -1), events = POLLIN },
        ];
        byte[] printed = new byte[BUFFSIZE];
        bool isOpen = true;
        while (true)
        {
            // The end of the shell and the end of the terminal's output are independent. Programs that the shell leaves behind may keep the
            // terminal open. If no process has it open, one may open it again, which poll(2) does not report. So the terminal is then
            // polled periodically. Without a pidfd the shell is polled the same way.
            bool mustPoll = !isOpen || pidfd is null;
            bool hasEnded = wait[2].revents != 0 || (mustPoll && shell.TryWait(out _));
            wait[0].fd = isOpen || hasEnded ? terminal : -1;
            int ready = Poll(wait[..(hasEnded ? 2 : 3)], hasEnded || mustPoll ? OutputDelay : null);
            if (ready == 0 && hasEnded)
                return true;
            isOpen = true;
            if (wait[0].revents == 0 && wait[1].revents != 0)
                return false;
            if (wait[0].revents == 0)
                continue;
            nint n = read(master, printed);
            if (n < 0 && (Errno.Last == Errno.EINTR || Errno.Last == Errno.EAGAIN))
                continue;
            if (n <= 0)
            {
                // EIO: no process has the terminal open.
                if (hasEnded)
                    return true;
                isOpen = false;
                continue;
            }
            try
            {
                frames.Write(PtyFrameType.Data, printed.AsSpan(0, (int)n));
            }
            catch (UnpException gone) when (gone.Errno == Errno.EPIPE || gone.Errno == Errno.ECONNRESET)
            {
                return false;
            }
        }
    }

    /// <summary>Writes the client's input to the terminal until it ends.</summary>
    void Type(Fd master)
    {
        bool isLineBegun = false;
        while (frames.TryRead(out PtyFrameType type, out ReadOnlySpan<byte> content))
        {
            try
            {
                switch (type)
                {
                    case PtyFrameType.Data when content.Length > 0:
                        isLineBegun = content[^1] is not ((byte)'\n' or (byte)'\r');
                        if (!TryType(master, content))
                            return;
                        break;
                    case PtyFrameType.Size:
                        Tcsetwinsize(master, PtyFrames.SizeIn(content, out _));
                        break;
                    case PtyFrameType.End:
                        // The first character ends a begun line. The next one makes an empty line, which is the end of file.
                        byte eof = Tcgetattr(master).c_cc[VEOF];
                        if (!TryType(master, isLineBegun ? [eof, eof] : [eof]))
                            return;
                        break;
                    case PtyFrameType.Data:
                        break;
                    default:
                        err_quit($"unexpected frame {type} from a client");
                        break;
                }
            }
            catch (UnpException nobody) when (nobody.Errno == Errno.EIO)
            {
                // The shell has ended, which the other thread detects, or no process has the terminal open. The input is lost.
            }
        }
    }

    /// <summary>
    /// Writes all input. It stops waiting for room when the client leaves, because a process that the shell left behind may keep the
    /// terminal open without reading.
    /// </summary>
    bool TryType(Fd master, ReadOnlySpan<byte> typed)
    {
        Span<pollfd> wait =
        [
            new() { fd = (int)master.DangerousGetHandle(), events = POLLOUT },
            new() { fd = (int)sockfd.DangerousGetHandle() },
        ];
        while (typed.Length > 0)
        {
            nint n = write(master, typed);
            if (n < 0 && Errno.Last != Errno.EAGAIN && Errno.Last != Errno.EINTR)
                throw new UnpException(Errno.Last, "write");
            typed = typed[(int)Math.Max(0, n)..];
            if (n >= 0)
                continue;
            Poll(wait);
            if (wait[1].revents != 0)
                return false;
        }
        return true;
    }

    /// <summary>Returns null if the system has no pidfd, or if no descriptor is free.</summary>
    static Fd? PidfdOf(SpawnedProcess shell)
    {
        try
        {
            return shell.Pidfd;
        }
        catch (UnpException)
        {
            return null;
        }
    }

    /// <summary>
    /// Sends SIGHUP, and SIGKILL to a shell that ignores it. A shell that runs as another user may be out of reach.
    /// </summary>
    static void Hangup(SpawnedProcess shell)
    {
        if (!TryKill(shell, SIGHUP) || !SpinWait.SpinUntil(() => shell.TryWait(out _), HangupTimeout))
            _ = TryKill(shell, SIGKILL);
    }

    static bool TryKill(SpawnedProcess shell, int signo)
    {
        try
        {
            shell.Kill(signo);
            return true;
        }
        catch (UnpException)
        {
            return false;
        }
    }
}
