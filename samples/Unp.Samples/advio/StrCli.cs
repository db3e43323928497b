namespace Unp.Samples.advio;

/// <summary>
/// The work of <c>str_cli</c> in steps that never wait for the server. The program finds out what is ready and calls the steps.
/// </summary>
/// <remarks>
/// Input that the socket has no room for is kept, and no more input is read until it is sent. Replies are read all the time. A server that
/// stops reading until its replies are read therefore causes no deadlock.
/// </remarks>
sealed class StrCli(Fd fp, Fd sockfd)
{
    readonly byte[] input = new byte[MAXLINE];
    readonly byte[] reply = new byte[MAXLINE];
    int start;
    int end;
    bool stdineof;

    /// <summary>Gets whether unsent input is kept.</summary>
    public bool IsSending => end > start;

    /// <summary>Gets whether the next input can be read.</summary>
    public bool IsReading => !stdineof && !IsSending;

    /// <summary>Reads and sends input. At the end of the input, closes the sending direction.</summary>
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

    /// <summary>Sends kept input when the socket has room.</summary>
    public void Send()
    {
        nint n = send(sockfd, input.AsSpan(start, end - start), MSG_DONTWAIT);
        if (n < 0 && Errno.Last != Errno.EAGAIN)
            err_sys("send error");
        start += (int)Math.Max(0, n);
    }

    /// <summary>Reads and prints data from the server.</summary>
    /// <returns>False at the end of the connection, which must not come before the end of the input.</returns>
    public bool Reply()
    {
        int n = Read(sockfd, reply);
        if (n == 0 && !stdineof)
            err_quit("str_cli: server terminated prematurely");
        if (n > 0)
            Write(Fd.StandardOutput, reply.AsSpan(0, n));
        return n > 0;
    }
}
