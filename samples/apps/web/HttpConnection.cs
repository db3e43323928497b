using System.Buffers;
using Unp.Net.Pipelines;

namespace Unp.Samples.web;

/// <summary>
/// A client connection. Each request is answered before the next one is parsed. An idle connection holds no buffer.
/// </summary>
sealed partial class HttpConnection(LoopSocket socket, Clients clients, Site site)
{
    /// <summary>The time limit for the wait for the next request.</summary>
    static readonly TimeSpan IdleTimeout = TimeSpan.FromMinutes(1);

    /// <summary>The limits in time and bytes for a client that continues to send after its last response.</summary>
    static readonly TimeSpan LingerTimeout = TimeSpan.FromSeconds(2);
    const int MaxLingerBytes = 1 << 20;

    static readonly BlockPool Blocks = new();

    IMemoryOwner<byte>? block;
    int held;
    HttpRequest request = new();
    bool keepsAlive;
    Script? script;

    /// <summary>
    /// Gets the time at which the connection is closed unless it makes progress, as <see cref="Environment.TickCount64"/>.
    /// </summary>
    public long Deadline { get; private set; }

    /// <summary>Gets whether the connection waits for a request.</summary>
    public bool IsIdle { get; private set; }

    /// <summary>Closes the connection at any time. Its pending operation then ends with an exception.</summary>
    public void Close()
    {
        socket.Dispose();
        script?.Output.Dispose();
    }

    /// <summary>Serves the connection until its end.</summary>
    public async Task ServeAsync()
    {
        clients.Add(this);
        try
        {
            Setsockopt(socket.Descriptor, SocketOptions.TcpNoDelay, true);
            do
                keepsAlive = await ReadHeadAsync() && await RespondAsync();
            while (keepsAlive && !clients.IsDraining);
            await LingerAsync();
        }
        catch (Exception e) when (e is UnpException or ObjectDisposedException)
        {
            // The client left, or was too slow.
        }
        finally
        {
            clients.Remove(this);
            Release();
        }
    }

    Memory<byte> Buffer => (block ??= Blocks.Rent()).Memory;

    void Release()
    {
        block?.Dispose();
        block = null;
    }

    void SetDeadline(TimeSpan timeout) => Deadline = Environment.TickCount64 + (long)timeout.TotalMilliseconds;

    /// <summary>Reads up to the empty line and parses the head. Data after it, a body or another request, stays in the buffer.</summary>
    /// <returns>Whether there is a request. A malformed one has already been answered.</returns>
    async ValueTask<bool> ReadHeadAsync()
    {
        int searched = 0;
        if (held == 0)
        {
            Release();
            IsIdle = true;
            SetDeadline(IdleTimeout);
            await socket.WaitReadableAsync();
            IsIdle = false;
        }
        SetDeadline(site.Timeout);
        while (true)
        {
            int end = EndOfHead(Buffer.Span[..held], ref searched, out int next);
            if (end >= 0)
            {
                request = new HttpRequest();
                int refusal = request.Parse(Buffer.Span[..end]);
                Consume(next);
                return refusal == 0 || await RefuseAsync(refusal);
            }
            if (held == Buffer.Length)
                return await RefuseAsync(Buffer.Span.Contains((byte)'\n') ? 431 : 414);
            int got = await socket.ReceiveAsync(Buffer[held..]);
            if (got == 0)
                return false;
            held += got;
        }
    }

    /// <summary>Searches for the empty line. Empty lines before the request line are skipped.</summary>
    int EndOfHead(ReadOnlySpan<byte> received, ref int searched, out int next)
    {
        int blank = searched == 0 ? received.IndexOfAnyExcept((byte)'\r', (byte)'\n') : 0;
        if (blank != 0)
        {
            Consume(blank > 0 ? blank : received.Length);
            received = Buffer.Span[..held];
        }
        next = 0;
        for (int at = searched; ; at++)
        {
            int newline = received[at..].IndexOf((byte)'\n');
            if (newline < 0)
                break;
            at += newline;
            if (received[(at + 1)..] is [(byte)'\n', ..])
                next = at + 2;
            else if (received[(at + 1)..] is [(byte)'\r', (byte)'\n', ..])
                next = at + 3;
            if (next > 0)
                return at;
        }
        searched = Math.Max(0, received.Length - 2);
        return -1;
    }

    /// <summary>Removes the first bytes from the buffer.</summary>
    void Consume(int bytes)
    {
        Buffer.Span[bytes..held].CopyTo(Buffer.Span);
        held -= bytes;
    }

    /// <summary>Responds to the request.</summary>
    /// <returns>Whether the connection is kept.</returns>
    async ValueTask<bool> RespondAsync()
    {
        if (Site.IsProgram(request.Path, out string name, out string rest))
            return await RunAsync(name, rest);
        if (request.Method is not ("GET" or "HEAD"))
            return await RefuseAsync(request.Method is "POST" or "PUT" or "DELETE" or "OPTIONS" or "PATCH" ? 405 : 501);
        if (request.ContentLength > 0 || request.IsChunked)
            return await RefuseAsync(413); // a request for a file has no body
        return await SendFileAsync();
    }

    /// <summary>Sends a status with a page that names it. The connection ends if unread data may follow.</summary>
    async ValueTask<bool> RefuseAsync(int status, (string Name, string Value)? field = null)
    {
        bool isKept = status is 301 or 302 or 403 or 404 or 405 or 416;
        bool keepsAlive = request.KeepsAlive && isKept && request.ContentLength == 0 && !request.IsChunked;
        using IMemoryOwner<byte> answer = Blocks.Rent();
        await SendAsync(answer.Memory[..WritePage(answer.Memory.Span, status, keepsAlive, field)]);
        return keepsAlive;
    }

    int WritePage(Span<byte> buffer, int status, bool keepsAlive, (string Name, string Value)? field)
    {
        string page = $"<!DOCTYPE html>\n<title>{status}</title>\n<h1>{status} {ResponseHead.Reason(status)}</h1>\n";
        var head = new ResponseHead(buffer, status, Connection(keepsAlive));
        head.Add("Content-Type", "text/html; charset=utf-8");
        head.Add("Content-Length", page.Length);
        if (status == 405)
            head.Add("Allow", "GET, HEAD");
        if (field is var (name, value))
            head.Add(name, value);
        int length = head.End();
        return request.IsHead ? length : length + System.Text.Encoding.ASCII.GetBytes(page, buffer[length..]);
    }

    /// <summary>Returns the Connection field, or null if the client's default is right (RFC 9112, section 9.3).</summary>
    string? Connection(bool keepsAlive) => (keepsAlive && !clients.IsDraining, request.IsHttp11) switch
    {
        (false, _) => "close",
        (true, false) => "keep-alive",
        (true, true) => null,
    };

    async ValueTask SendAsync(ReadOnlyMemory<byte> data)
    {
        SetDeadline(site.Timeout);
        await socket.SendAsync(data);
    }

    /// <summary>
    /// Ends the sending direction and discards further input. Closing with unread input would send an RST, which could overtake the
    /// response (UNP 7.5).
    /// </summary>
    async ValueTask LingerAsync()
    {
        socket.Shutdown(SHUT_WR);
        SetDeadline(LingerTimeout);
        int left = MaxLingerBytes;
        int got;
        do
        {
            got = await socket.ReceiveAsync(Buffer);
            left -= got;
        }
        while (got > 0 && left > 0);
    }
}
