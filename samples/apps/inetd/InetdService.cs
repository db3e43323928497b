namespace Unp.Samples.inetd;

/// <summary>An active service: its configuration line, its socket, its running program, and its pause, if any.</summary>
sealed class InetdService(InetdEntry entry, TimeProvider clock) : IDisposable
{
    static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(1);
    static readonly TimeSpan MaxPause = TimeSpan.FromMinutes(1);

    /// <summary>The pause after a shortage of descriptors or memory, which passes when a client leaves.</summary>
    static readonly TimeSpan ShortagePause = TimeSpan.FromSeconds(0.1);

    static readonly TimeSpan ReportInterval = TimeSpan.FromMinutes(1);

    long? reported;
    TimeSpan nextPause = FirstPause;
    long pauseBegan;
    TimeSpan pause;

    /// <summary>Gets or sets the configuration line, which a reload may change.</summary>
    public InetdEntry Entry { get; set; } = entry;

    public Fd? Socket { get; private set; }

    /// <summary>Gets or sets the registration of the socket, or null while the service is not watched.</summary>
    public PollRegistration? Watched { get; set; }

    /// <summary>Gets or sets whether the only program of a "wait" service is running.</summary>
    public bool IsTaken { get; set; }

    public bool IsPaused { get; private set; }

    public RateLimit Rate { get; } = new(clock);

    /// <summary>Gets the remaining time of the pause, or zero.</summary>
    public TimeSpan Rest => pause - clock.GetElapsedTime(pauseBegan) is { Ticks: > 0 } rest ? rest : TimeSpan.Zero;

    /// <summary>Creates the socket.</summary>
    /// <exception cref="GaiException">The service or address does not exist.</exception>
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

            // A program expects a blocking socket.
            if (!Entry.IsWait || Entry.Program is null)
                SetNonBlocking(socket);
            Socket = socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>Pauses the service. Each pause is twice as long as the last one, up to a minute.</summary>
    public TimeSpan PauseLonger()
    {
        TimeSpan longer = nextPause;
        Pause(longer);
        nextPause = longer * 2 > MaxPause ? MaxPause : longer * 2;
        return longer;
    }

    /// <summary>Pauses the service for 0.1 seconds.</summary>
    /// <returns>Whether the shortage may be reported, which is once per minute.</returns>
    public bool PauseInShortage()
    {
        Pause(ShortagePause);
        return MayReport();
    }

    /// <summary>Returns whether a lost client or a shortage may be reported, which is once per minute.</summary>
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

    /// <summary>Resets the next pause after a success.</summary>
    public void Recover() => nextPause = FirstPause;

    public void Dispose() => Socket?.Dispose();
}
