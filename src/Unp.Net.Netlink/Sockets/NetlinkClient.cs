namespace Unp.Net.Netlink;

/// <summary>Sends the requests of a typed socket, one at a time and in the order of the calls, and reads the answers.</summary>
/// <remarks>Each method serves the blocking and the asynchronous form of the typed socket; see <see cref="NetlinkWait"/>.</remarks>
sealed class NetlinkClient(NetlinkSocket socket) : IDisposable
{
    readonly NetlinkMessageWriter writer = new();
    readonly SemaphoreSlim turn = new(1, 1);

    internal NetlinkSocket Socket => socket;

    /// <summary>Gets or sets how often a list is requested before an interrupted one is returned.</summary>
    internal int DumpAttempts { get; set; } = 3;

    public void Dispose() => socket.Dispose();

    public override string ToString() => socket.ToString();

    /// <summary>Sends a request that the kernel acknowledges.</summary>
    internal void Execute(NetlinkRequest request) => NetlinkWait.Result(ExecuteAsync(request, NetlinkWait.Blocking));

    /// <inheritdoc cref="Execute"/>
    internal async ValueTask ExecuteAsync(NetlinkRequest request, CancellationToken cancellationToken) =>
        await ExecuteAsync(request, socket.Awaiting(cancellationToken)).ConfigureAwait(false);

    /// <summary>Sends a request and returns the last object of its answer, or null.</summary>
    internal async ValueTask<T?> GetAsync<T>(NetlinkRequest<T> request, NetlinkWait wait)
        where T : class
    {
        using Turn mine = await EnterAsync(wait).ConfigureAwait(false);
        NetlinkAnswers answers = Query(request);
        T? item = null;
        while (await answers.MoveNextAsync(wait).ConfigureAwait(false))
        {
            if (request.Parse(answers.Current, out T? found))
                item = found;
        }
        return item;
    }

    /// <summary>Requests a list.</summary>
    internal NetlinkDump<T> List<T>(NetlinkListRequest<T> list)
        where T : class
        => NetlinkWait.Result(ListAsync(list, NetlinkWait.Blocking));

    /// <summary>Requests a list, and each part of it again if it was interrupted.</summary>
    internal async ValueTask<NetlinkDump<T>> ListAsync<T>(NetlinkListRequest<T> list, NetlinkWait wait)
        where T : class
    {
        var items = new NetlinkDump<T>();
        using Turn mine = await EnterAsync(wait).ConfigureAwait(false);
        for (int part = 0; part < list.Parts.Count; part++)
        {
            NetlinkDump<T> entries = await CollectAsync(list, part, wait).ConfigureAwait(false);
            for (int attempt = 1; entries.IsInterrupted && attempt < DumpAttempts; attempt++)
                entries = await CollectAsync(list, part, wait).ConfigureAwait(false);
            if (part == 0)
                items = entries;
            else
                items.Add(entries);
        }
        return items;
    }

    /// <summary>Sends a request. The caller must have the turn.</summary>
    internal NetlinkAnswers Query(NetlinkRequest request)
    {
        request.Write(writer);
        NetlinkAnswers answers = socket.Query(writer, request.Subject);
        answers.IsEmptyIfAbsent = request.IsEmptyIfAbsent;
        GC.KeepAlive(request); // it may refer to a descriptor whose number is in the message
        return answers;
    }

    /// <summary>Waits until the earlier requests are done. The caller must dispose the turn.</summary>
    /// <exception cref="InvalidOperationException">The call blocks, and an asynchronous request is pending.</exception>
    internal async ValueTask<Turn> EnterAsync(NetlinkWait wait)
    {
        wait.Token.ThrowIfCancellationRequested();
        if (turn.Wait(0, CancellationToken.None))
            return new Turn(turn);
        if (wait.IsBlocking)
            throw new InvalidOperationException($"An asynchronous request is pending on the {socket}. Await it first.");
        await turn.WaitAsync(wait.Token).ConfigureAwait(false);
        try
        {
            await socket.Loop!.SwitchTo();
            return new Turn(turn);
        }
        catch
        {
            turn.Release();
            throw;
        }
    }

    async ValueTask<string?> ExecuteAsync(NetlinkRequest request, NetlinkWait wait)
    {
        using Turn mine = await EnterAsync(wait).ConfigureAwait(false);
        NetlinkAnswers answers = Query(request);
        while (await answers.MoveNextAsync(wait).ConfigureAwait(false))
        {
            // With NLM_F_ECHO the kernel also sends what it has made.
        }
        return answers.Warning;
    }

    /// <summary>Requests a part of a list once.</summary>
    async ValueTask<NetlinkDump<T>> CollectAsync<T>(NetlinkListRequest<T> list, int part, NetlinkWait wait)
        where T : class
    {
        var entries = new NetlinkDump<T>();
        NetlinkAnswers answers = Query(list.Parts[part]);
        while (await answers.MoveNextAsync(wait).ConfigureAwait(false))
        {
            if (list.Read(part, answers) is { } item)
                entries.Add(item);
        }
        entries.IsInterrupted = answers.IsInterrupted;
        return entries;
    }

    /// <summary>The right to use the socket.</summary>
    internal readonly struct Turn(SemaphoreSlim turn) : IDisposable
    {
        public void Dispose() => turn.Release();
    }
}
