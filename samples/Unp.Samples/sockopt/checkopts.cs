namespace Unp.Samples.sockopt;

/// <summary>Prints the defaults of most socket options (figure 7.4).</summary>
static class checkopts
{
    static readonly (string Name, SocketOption Option, Func<Fd, string> Value)[] Options =
    [
        Flag(SocketOptions.Broadcast),
        Flag(SocketOptions.Debug),
        Flag(SocketOptions.DontRoute),
        Row(SocketOptions.Error, error => $"{error.Value}"),
        Flag(SocketOptions.KeepAlive),
        Row(SocketOptions.Linger, time => $"l_onoff = {(time is null ? 0 : 1)}, l_linger = {time?.TotalSeconds ?? 0}"),
        Flag(SocketOptions.OobInline),
        Number(SocketOptions.RcvBuf),
        Number(SocketOptions.SndBuf),
        Number(SocketOptions.RcvLowat),
        Number(SocketOptions.SndLowat),
        Time(SocketOptions.RcvTimeo),
        Time(SocketOptions.SndTimeo),
        Flag(SocketOptions.ReuseAddr),
        Flag(SocketOptions.ReusePort),
        Number(SocketOptions.Type),
        Flag(SocketOptions.UseLoopback),
        Number(SocketOptions.IpTos),
        Number(SocketOptions.IpTtl),
        Flag(SocketOptions.Ipv6DontFrag),
        Number(SocketOptions.Ipv6UnicastHops),
        Flag(SocketOptions.Ipv6V6Only),
        Number(SocketOptions.TcpMaxSeg),
        Flag(SocketOptions.TcpNoDelay),
        Row(SocketOptions.SctpAutoClose, time => $"{time.TotalSeconds}"),
        Row(SocketOptions.SctpMaxBurst, packets => $"{packets.Value}", "SCTP_MAXBURST"),
        Row(SocketOptions.SctpMaxSeg, bytes => $"{bytes.Value}"),
        Flag(SocketOptions.SctpNoDelay),
    ];

    public static void Main(string[] args, ProgramOptions options)
    {
        foreach (var (name, option, value) in Options)
        {
            // C omits this option with #ifdef where it does not exist.
            if (option == SocketOptions.UseLoopback && !option.IsSupported)
                continue;
            Console.Write($"{name}: ");
            using Fd? fd = SocketFor(option);
            if (fd is null)
            {
                Console.WriteLine("(undefined)");
                continue;
            }
            try
            {
                Console.WriteLine($"default = {value(fd)}");
            }
            catch (UnpException refused)
            {
                err_msg(refused.Message);
            }
        }
    }

    /// <summary>Creates a socket that has the option. Returns null if the system or its kernel does not support it.</summary>
    static Fd? SocketFor(SocketOption option)
    {
        if (!option.IsSupported)
            return null;
        int level = option.Level;
        try
        {
            return level == IPPROTO_IPV6 ? Socket(AF_INET6, SOCK_STREAM)
                : level == IPPROTO_SCTP ? Socket(AF_INET, SOCK_SEQPACKET, IPPROTO_SCTP)
                : Socket(AF_INET, SOCK_STREAM);
        }
        catch (UnpException none) when (
            none.Errno == Errno.EAFNOSUPPORT || none.Errno == Errno.EPROTONOSUPPORT || none.Errno == Errno.ESOCKTNOSUPPORT)
        {
            return null;
        }
    }

    static (string, SocketOption, Func<Fd, string>) Row<T>(SocketOption<T> option, Func<T, string> text, string? name = null) =>
        (name ?? option.Name, option, fd => text(Getsockopt(fd, option)));

    static (string, SocketOption, Func<Fd, string>) Flag(SocketOption<bool> option) => Row(option, on => on ? "on" : "off");

    static (string, SocketOption, Func<Fd, string>) Number(SocketOption<int> option) => Row(option, value => $"{value}");

    static (string, SocketOption, Func<Fd, string>) Time(SocketOption<TimeSpan> option) =>
        Row(option, time => $"{(long)time.TotalSeconds} sec, {time.Ticks % TimeSpan.TicksPerSecond / TimeSpan.TicksPerMicrosecond} usec");
}
