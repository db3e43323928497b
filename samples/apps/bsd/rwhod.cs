using System.CommandLine;

namespace Unp.Samples.bsd;

/// <summary>
/// 4.3BSD's system status server (UNP 20.4). It sends the status of this host every three minutes to the networks of its interfaces, or to
/// the given addresses. It stores the status of other hosts in one file per host, which <see cref="ruptime"/> reads.
/// </summary>
static class rwhod
{
    const int WHO_PORT = 513;

    /// <summary>The limit on files, so that datagrams with invented host names cannot fill the directory.</summary>
    const int MaxHosts = 1000;

    public static readonly Option<string?> Name = new("--name")
    {
        Description = "The name of this host, in place of the system's.",
        HelpName = "name",
    };

    public static readonly Option<double> Interval = new("--interval")
    {
        Description = "The time between two datagrams. The default is 180 seconds.",
        HelpName = "seconds",
        DefaultValueFactory = _ => 180,
    };

    public static void Main(string[] args, ProgramOptions options)
    {
        if (args.Length == 0)
            options.Usage("<directory> [ <IPaddress> ... ]");
        string name = options.Value(Name) ?? Gethostname().Split('.')[0];
        if (!Whod.Verify(name))
            err_quit($"{name} is not a valid host name");
        double seconds = options.Value(Interval);
        if (seconds is not (>= 0.01 and <= 3600))
            err_quit($"--interval {seconds}: the interval must be between 0.01 and 3600 seconds");
        if (!Directory.Exists(args[0]))
            err_quit($"{args[0]} is not a directory");
        using Fd directory = Open(args[0], O_RDONLY | O_DIRECTORY);

        SockAddr local = options.ServerAddress(args.Length > 1 ? SockAddr.Inet(args[1], 0).Family : AF_INET, WHO_PORT);
        using Fd sockfd = Socket(local.Family, SOCK_DGRAM);
        Setsockopt(sockfd, SocketOptions.Broadcast, true);
        Bind(sockfd, local);
        int port = Getsockname(sockfd).Port;
        SockAddr[] others = [.. args[1..].Select(address => SockAddr.Inet(address, port))];
        options.Ready(sockfd);

        ProgramThread.Start(() => SendFor(
            sockfd, () => others.Length > 0 ? others : Networks(local, port), name, TimeSpan.FromSeconds(seconds)));
        Span<byte> datagram = stackalloc byte[Whod.MaxBytes + 1];
        while (true)
        {
            int n = Recvfrom(sockfd, datagram, 0, out SockAddr from);
            if (from.Port != port)
                err_msg($"{from}: bad from port");
            else if (Whod.Parse(datagram[..n], isFile: false, out string? wrong) is { } status)
                Keep(directory, args[0], status with { ReceiveTime = DateTimeOffset.UtcNow });
            else
                err_msg($"{from}: {wrong}");
        }
    }

    /// <summary>
    /// Returns the broadcast addresses and the peers of point-to-point links of the interfaces that are up now, each once (UNP 17.6).
    /// </summary>
    /// <param name="local">The address of the socket. Unless it is the wildcard, only its own interface counts.</param>
    /// <param name="port">The port of all daemons.</param>
    static SockAddr[] Networks(SockAddr local, int port)
    {
        if (get_ifi_info(local.Family, doaliases: true) is not { } interfaces)
        {
            err_ret("get_ifi_info error");
            return [];
        }
        bool isWildcard = local.Address.Equals(SockAddr.Any(local.Family).Address);
        var networks =
            from ifi in interfaces
            where isWildcard || ifi.Address.Address.Equals(local.Address)
            let network = (ifi.Flags & IFF_BROADCAST) != 0 ? ifi.BroadcastAddress
                : (ifi.Flags & IFF_POINTOPOINT) != 0 ? ifi.DestinationAddress : null
            where network is not null
            select new SockAddr(network.Value.Address, port);
        return [.. networks.Distinct()];
    }

    static void SendFor(Fd sockfd, Func<SockAddr[]> others, string name, TimeSpan interval)
    {
        while (true)
        {
            byte[] datagram = ThisHost.Status(name).ToBytes(isFile: false);
            foreach (SockAddr other in others())
            {
                // A failure is printed, because the host may be reachable next time.
                if (sendto(sockfd, datagram, 0, other) < 0)
                    err_ret($"sendto error for {other}");
            }
            Thread.Sleep(interval);
        }
    }

    /// <summary>Replaces the host's file as a whole.</summary>
    static void Keep(Fd directory, string path, Whod status)
    {
        string name = $"whod.{status.Hostname}";
        try
        {
            if (!File.Exists(Path.Join(path, name)) && Directory.EnumerateFiles(path, "whod.*").Take(MaxHosts).Count() == MaxHosts)
                err_msg($"{status.Hostname}: ignored because the directory already has {MaxHosts} hosts");
            else
                WholeFile.Replace(directory, name, status.ToBytes(isFile: true));
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or UnpException)
        {
            err_msg($"{path}: {failure.Message}");
        }
    }
}
