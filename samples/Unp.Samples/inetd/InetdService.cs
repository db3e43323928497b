namespace Unp.Samples.inetd;

/// <summary>A line of the configuration at work: its socket, what has been started for it, and when it goes on if it rests.</summary>
sealed class InetdService(InetdEntry entry, TimeProvider clock) : IDisposable
{
    static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(1);
    static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(1);

    /// <summary>How long a service rests in a shortage of descriptors or memory, which passes when a client leaves.</summary>
    static readonly TimeSpan ShortagePause = TimeSpan.FromSeconds(0.1);

    static readonly TimeSpan ReportInterval = TimeSpan.FromMinutes(1);

    long? reported;
    TimeSpan nextPause = FirstPause;
    long pauseBegan;
    TimeSpan pause;

    /// <summary>The line, which a reload may change.</summary>
    public InetdEntry Entry { get; set; } = entry;

    public Fd? Socket { get; private set; }

    /// <summary>How the socket is watched; null while the service rests.</summary>
    public PollRegistration? Watched { get; set; }

    /// <summary>Whether the one program of a "wait" service runs.</summary>
    public bool IsTaken { get; set; }

    public bool IsPaused { get; private set; }

    public RateLimit Rate { get; } = new(clock);

    /// <summary>How long it still rests; zero: no more.</summary>
    public TimeSpan Rest => pause - clock.GetElapsedTime(pauseBegan) is { Ticks: > 0 } rest ? rest : TimeSpan.Zero;

    /// <summary>Makes the socket.</summary>
    /// <exception cref="GaiException">There is no such service or address.</exception>
    /// <exception cref="UnpException">EADDRINUSE, EACCES...</exception>
    public void Open()
    {
        int family = Entry.Protocol[^1] switch
        {
            '6' => AF_INET6,
            '4' => AF_INET,
            _ => Entry.Host is null ? AF_INET : AF_UNSPEC,
        };
        AddrInfo address = Getaddrinfo(Entry.Host, Entry.Service, family, Entry.IsTcp ? SOCK_STREAM : SOCK_DGRAM, flags: AI_PASSIVE)[0];
        Fd socket = Libunp.Socket(address.Family, address.SockType);
        try
        {
            Setsockopt(socket, SocketOptions.ReuseAddr, true);
            if (address.Family == AF_INET6)
                Setsockopt(socket, SocketOptions.Ipv6V6Only, true);
            Bind(socket, address.Address);
            if (Entry.IsTcp)
                Listen(socket);

            // What a program gets must be as it expects it.
            if (!Entry.IsWait || Entry.Program is null)
                Set_nonblock(socket);
            Socket = socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>Lets it rest, each time twice as long, up to a minute.</summary>
    public TimeSpan PauseLonger()
    {
        TimeSpan longer = nextPause;
        Pause(longer);
        nextPause = longer * 2 > LongestPause ? LongestPause : longer * 2;
        return longer;
    }

    /// <summary>Lets it rest for a moment.</summary>
    /// <returns>Whether this is to be printed: once in a minute.</returns>
    public bool PauseInShortage()
    {
        Pause(ShortagePause);
        return MayReport();
    }

    /// <summary>Whether a message about a lost client or a shortage is to be printed: one in a minute.</summary>
    public bool MayReport()
    {
        if (reported is { } last && clock.GetElapsedTime(last) < ReportInterval)
            return false;
        reported = clock.GetTimestamp();
        return true;
    }

    public void Pause(TimeSpan time)
    {
        (IsPaused, pause, pauseBegan) = (true, time, clock.GetTimestamp());
    }

    public void Resume() => IsPaused = false;

    /// <summary>It has worked: the next pause is a short one again.</summary>
    public void Recover() => nextPause = FirstPause;

    public void Dispose() => Socket?.Dispose();
}
