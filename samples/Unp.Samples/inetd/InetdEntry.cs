namespace Unp.Samples.inetd;

/// <summary>A line of <c>inetd.conf</c> (inetd.conf(5), section 13.5).</summary>
sealed record InetdEntry
{
    /// <summary>The file and the line's number: <c>/etc/inetd.conf:7</c>.</summary>
    public required string Where { get; init; }

    /// <summary>The local address, or null for all.</summary>
    public string? Host { get; init; }

    /// <summary>The service's name, or a port number.</summary>
    public required string Service { get; init; }

    /// <summary>tcp, tcp4, tcp6, udp...</summary>
    public required string Protocol { get; init; }

    public bool IsTcp => Protocol.StartsWith("tcp", StringComparison.Ordinal);

    /// <summary>Whether the program gets the socket itself, and is the only one that is started.</summary>
    public required bool IsWait { get; init; }

    /// <summary>How often it may be started in a minute, 0 for any number; null: as for all.</summary>
    public int? MaxPerMinute { get; init; }

    public required string User { get; init; }

    /// <summary>The group, or null for the user's own.</summary>
    public string? Group { get; init; }

    /// <summary>Whether inetd itself runs as that user and group.</summary>
    public bool IsOwnAccount { get; init; }

    /// <summary>The program's file, or null for a service of inetd's own.</summary>
    public string? Program { get; init; }

    /// <summary>The program's arguments, its name first; of a service of inetd's own one, which it is.</summary>
    public required IReadOnlyList<string> Arguments { get; init; }

    /// <summary>What stays the same when a line is changed without another socket being needed.</summary>
    public string Key => $"{(Host is null ? "" : $"{Host}:")}{Service}/{Protocol}";
}
