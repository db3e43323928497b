namespace Unp.Net.Netlink;

/// <summary>Reads an object from an answer.</summary>
/// <returns>Whether the message contains one.</returns>
delegate bool NetlinkParser<T>(NetlinkMessage message, out T? item);

/// <summary>A request that both the blocking and the asynchronous form of a method send.</summary>
/// <param name="Write">Writes the request.</param>
/// <param name="Subject">The link, prefix or other object for the message of an exception, or null.</param>
record NetlinkRequest(Action<NetlinkMessageWriter> Write, string? Subject = null)
{
    /// <summary>Gets whether ENOENT means that the requested list has no entries.</summary>
    internal bool IsEmptyIfAbsent { get; init; }
}

/// <summary>A request whose answers are objects.</summary>
/// <param name="Write">Writes the request.</param>
/// <param name="Parse">Reads an object from an answer.</param>
/// <param name="Subject">The link, prefix or other object for the message of an exception, or null.</param>
sealed record NetlinkRequest<T>(Action<NetlinkMessageWriter> Write, NetlinkParser<T> Parse, string? Subject = null)
    : NetlinkRequest(Write, Subject)
    where T : class;

/// <summary>The requests for a list. The kernel has some lists in parts, such as one per address family.</summary>
/// <param name="Parts">The requests for the parts.</param>
/// <param name="IsWanted">Whether an object belongs to the list, because older kernels ignore filters.</param>
sealed record NetlinkListRequest<T>(IReadOnlyList<NetlinkRequest<T>> Parts, Func<T, bool>? IsWanted = null)
    where T : class
{
    /// <summary>Creates the request for a list of one part.</summary>
    internal NetlinkListRequest(NetlinkRequest<T> request, Func<T, bool>? isWanted = null)
        : this([request], isWanted)
    {
    }

    /// <summary>Reads an object from an answer, if it belongs to the list.</summary>
    /// <param name="part">The part of the list.</param>
    /// <param name="answers">The answers, at the current one.</param>
    /// <returns>The object, or null.</returns>
    internal T? Read(int part, NetlinkAnswers answers) =>
        Parts[part].Parse(answers.Current, out T? item) && item is not null && IsWanted?.Invoke(item) != false ? item : null;
}
