namespace Unp.Samples.advio;

/// <summary>
/// The work of str_cli, in steps that do not wait for the server: what is ready, the program finds out. What there is no room for is held, and no more
/// input is read before it is sent; answers are read all the time. So a server that stops reading until its answers are read does not stop both.
/// </summary>
sealed class StrCli(Fd fp, Fd sockfd)
{
    readonly byte[] input = new byte[MAXLINE];
    readonly byte[] answer = new byte[MAXLINE];
    int start;
    int end;
    bool stdineof;

    /// <summary>Whether input is held that there was no room for.</summary>
    public bool IsSending => end > start;

    /// <summary>Whether the next input can be read.</summary>
    public bool IsReading => !stdineof && !IsSending;

    /// <summary>There is input: sends it. At its end tells the server so.</summary>
    public void Input()
    {
        (start, end) = (0, Read(fp, input));
        if (end > 0)
        {
            Send();
            return;
        }
        stdineof = true;
        Shutdown(sockfd, SHUT_WR);
    }

    /// <summary>There is room: sends what is held.</summary>
    public void Send()
    {
        nint n = send(sockfd, input.AsSpan(start, end - start), MSG_DONTWAIT);
        if (n < 0 && Errno.Last != Errno.EAGAIN)
            err_sys("send error");
        start += (int)Math.Max(0, n);
    }

    /// <summary>There is something from the server: prints it.</summary>
    /// <returns>False at its end, which must not come before that of the input.</returns>
    public bool Answer()
    {
        int n = Read(sockfd, answer);
        if (n == 0 && !stdineof)
            err_quit("str_cli: server terminated prematurely");
        if (n > 0)
            Write(Fd.StandardOutput, answer.AsSpan(0, n));
        return n > 0;
    }
}
