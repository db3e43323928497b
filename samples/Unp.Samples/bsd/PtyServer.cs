using System.Text;

namespace Unp.Samples.bsd;

/// <summary>One client of <see cref="ptysh"/>: a shell, its terminal, and a thread for each direction.</summary>
/// <param name="sockfd">The connection.</param>
sealed class PtyServer(Fd sockfd)
{
    /// <summary>How long a shell may take to end when its client is gone.</summary>
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>How long something may still come that a shell has printed before it ended: the kernel passes it on by and by.</summary>
    static readonly TimeSpan Rest = TimeSpan.FromSeconds(0.1);

    readonly PtyFrames frames = new(sockfd);

    /// <summary>Serves until the shell or the client ends.</summary>
    public void Run()
    {
        if (!frames.TryRead(out PtyFrameType type, out ReadOnlySpan<byte> content))
            return;
        if (type != PtyFrameType.Start)
            err_quit($"a client begins with its terminal, not with frame {type}");
        winsize size = PtyFrames.SizeIn(content, out ReadOnlySpan<byte> term);
        using SpawnedProcess shell = StartShell(size, term, out Fd master);
        using (master)
            Serve(shell, master);
    }

    /// <summary>
    /// However it ends: the shell has ended or is hung up, and the other thread has left both descriptors before they are closed.
    /// </summary>
    void Serve(SpawnedProcess shell, Fd master)
    {
        Thread? typing = null;
        bool hasEnded = false;
        try
        {
            Set_nonblock(master);
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
            // A client that breaks the rules is one that is gone.
            if (UnpProgram.Run(() => Type(master)) != 0)
                _ = shutdown(sockfd, SHUT_RDWR);
        });
        try
        {
            typing.Start();
        }
        catch (OutOfMemoryException)
        {
            err_quit("no thread can be made for a client: its connection is closed");
        }
        return typing;
    }

    void WriteEnd(SpawnedProcess shell)
    {
        WaitStatus status = shell.Wait();
        if (status.IsUnknown)
            err_msg($"{shell}: its client gets {status.ShellStatus}");
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

    /// <summary>The name of a terminal is looked for as a file by some programs: it is a name, or it is not taken.</summary>
    static string TermOf(ReadOnlySpan<byte> term)
    {
        string name = Encoding.ASCII.GetString(term);
        return name.Length is > 0 and <= PtyFrames.MaxTermLength && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '+' or '.' or '_') ? name : "dumb";
    }

    /// <summary>What the shell and its programs print goes to the client, until the shell has ended. False when the client has gone first.</summary>
    bool Print(Fd master, SpawnedProcess shell)
    {
        int terminal = (int)master.DangerousGetHandle();
        Fd? pidfd = PidfdOf(shell);
        Span<pollfd> wait =
        [
            new() { events = POLLIN },
            new() { fd = (int)sockfd.DangerousGetHandle() }, // an end is told without asking
            new() { fd = (int)(pidfd?.DangerousGetHandle() ?? -1), events = POLLIN },
        ];
        byte[] printed = new byte[BUFFSIZE];
        bool isOpen = true;
        while (true)
        {
            // Programs that the shell leaves behind may keep the terminal open: its end is not the end of the output. Nor is it the shell's end that nobody has the
            // terminal: one may open it again, which nothing tells, so that it is looked at again and again. The same is done without a
            // pidfd.
            bool mustAsk = !isOpen || pidfd is null;
            bool hasEnded = wait[2].revents != 0 || (mustAsk && shell.TryWait(out _));
            wait[0].fd = isOpen || hasEnded ? terminal : -1;
            int ready = Poll(wait[..(hasEnded ? 2 : 3)], hasEnded || mustAsk ? Rest : null);
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
                // EIO: nobody has it.
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

    /// <summary>What the client sends is typed, to its end.</summary>
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
                        // One ends the line, and one more is an empty line: the end of file.
                        byte eof = Tcgetattr(master).c_cc[VEOF];
                        if (!TryType(master, isLineBegun ? [eof, eof] : [eof]))
                            return;
                        break;
                    case PtyFrameType.Data:
                        break;
                    default:
                        err_quit($"a client sends no frame {type}");
                        break;
                }
            }
            catch (UnpException nobody) when (nobody.Errno == Errno.EIO)
            {
                // The shell has ended, which the other thread tells, or nobody has the terminal just now: what is typed there is lost.
            }
        }
    }

    /// <summary>
    /// Writes all of it, and waits for room no longer than the client is there: where nobody reads, but somebody whom the shell has left behind has the
    /// terminal open, there would never be any.
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

    /// <summary>Null where the system has none, or no descriptor is free for it.</summary>
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
    /// Sends the signal of a terminal's end, and kills a shell that does not care. A shell that runs as another user may not be reached.
    /// </summary>
    static void Hangup(SpawnedProcess shell)
    {
        if (!TryKill(shell, SIGHUP) || !SpinWait.SpinUntil(() => shell.TryWait(out _), Patience))
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
