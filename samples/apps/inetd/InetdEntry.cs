namespace Unp.Samples.inetd;

/// <summary>A line of <c>inetd.conf</c> (inetd.conf(5), UNP 13.5).</summary>
sealed record InetdEntry
{
    /// <summary>Gets the file and line number: <c>/etc/inetd.conf:7</c>.</summary>
    public required string Where { get; init; }

    /// <summary>Gets the local address, or null for all addresses.</summary>
    public string? Host { get; init; }

    /// <summary>Gets the service's name or port number.</summary>
    public required string Service { get; init; }

    /// <summary>Gets the protocol: tcp, tcp4, tcp6, udp...</summary>
    public required string Protocol { get; init; }

    public bool IsTcp => Protocol.StartsWith("tcp", StringComparison.Ordinal);

    /// <summary>Gets whether the program gets the service's socket itself, so that only one instance runs at a time.</summary>
    public required bool IsWait { get; init; }

    /// <summary>Gets the limit of starts per minute: 0 for no limit, or null for the server's default.</summary>
    public int? MaxPerMinute { get; init; }

    public required string User { get; init; }

    /// <summary>Gets the group, or null for the user's own group.</summary>
    public string? Group { get; init; }

    /// <summary>Gets whether inetd itself runs as this user and group.</summary>
    public bool IsOwnAccount { get; init; }

    /// <summary>Gets the program's file, or null for an internal service.</summary>
    public string? Program { get; init; }

    /// <summary>Gets the program's arguments, beginning with its name. For an internal service the only argument is its name.</summary>
    public required IReadOnlyList<string> Arguments { get; init; }

    /// <summary>Gets the identity of the socket. Entries with the same key can share it across a reload.</summary>
    public string Key => $"{(Host is null ? "" : $"{Host}:")}{Service}/{Protocol}";
}
