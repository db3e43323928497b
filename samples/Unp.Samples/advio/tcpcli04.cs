using Microsoft.Win32.SafeHandles;

namespace Unp.Samples.advio;

/// <summary>TCP echo client that waits for the server and standard input with kqueue, on macOS and FreeBSD (UNP 14.9).</summary>
static class tcpcli04
{
    public static void Main(string[] args, ProgramOptions options)
    {
        if (args.Length != 1)
            options.Usage("<IPaddress>");

        SockAddr servaddr = SockAddr.Inet(args[0], options.Port ?? SERV_PORT);
        using Fd sockfd = Socket(servaddr.Family, SOCK_STREAM);
        Connect(sockfd, servaddr);
        Str_cli(Fd.StandardInput, sockfd);
    }

    static void Str_cli(Fd fp, Fd sockfd)
    {
        var cli = new StrCli(fp, sockfd);
        using Fd kq = Kqueue();
        Kevent(kq, [Change(sockfd, EVFILT_READ, EV_ADD), Change(sockfd, EVFILT_WRITE, EV_ADD | EV_DISABLE)], []);

        // kqueue reports a file until its end but never reports the end, so a file is read without waiting.
        bool isFile = IsFile(fp);
        if (!isFile)
            Kevent(kq, [Change(fp, EVFILT_READ, EV_ADD | EV_DISPATCH)], []);

        Span<kevent> events = stackalloc kevent[3];
        while (true)
        {
            bool wasSending = cli.IsSending;
            bool input = isFile && cli.IsReading;
            foreach (ref readonly kevent ready in events[..Kevent(kq, [], events, input ? TimeSpan.Zero : null)])
            {
                if (ready.ident == Number(fp))
                    input = true;
                else if (ready.filter == EVFILT_WRITE)
                    cli.Send();
                else if (!cli.Reply())
                    return;
            }
            if (input)
                cli.Input();

            if (cli.IsSending != wasSending)
                Kevent(kq, [Change(sockfd, EVFILT_WRITE, cli.IsSending ? EV_ENABLE : EV_DISABLE)], []);
            if (!isFile && cli.IsReading && (input || wasSending))
                Kevent(kq, [Change(fp, EVFILT_READ, EV_ENABLE)], []);
        }
    }

    static bool IsFile(Fd fp)
    {
        using var handle = new SafeFileHandle(fp.DangerousGetHandle(), ownsHandle: false);
        using var stream = new FileStream(handle, FileAccess.Read, bufferSize: 0);
        return stream.CanSeek;
    }

    static kevent Change(Fd fd, short filter, int flags) => new() { ident = Number(fd), filter = filter, flags = (ushort)flags };

    static nuint Number(Fd fd) => (nuint)fd.DangerousGetHandle();
}
