using System.Buffers;
using Unp.Net.Pipelines;

namespace Unp.Samples.web;

/// <summary>
/// A client: one request after another, each of which has its answer before the next is looked at. While it says nothing it holds no buffer.
/// </summary>
sealed partial class HttpConnection(LoopSocket socket, Clients clients, Site site)
{
    /// <summary>How long the next request may let wait for itself.</summary>
    static readonly TimeSpan Idleness = TimeSpan.FromMinutes(1);

    /// <summary>How long, and with how many bytes, a client may go on that has had its last answer.</summary>
    static readonly TimeSpan Lingering = TimeSpan.FromSeconds(2);
    const int MostLingering = 1 << 20;

    static readonly BlockPool Blocks = new();

    IMemoryOwner<byte>? block;
    int held;
    HttpRequest request = new();
    bool keepsAlive;
    Script? script;

    /// <summary>When it is closed, if nothing has come of it by then: <see cref="Environment.TickCount64"/>.</summary>
    public long Deadline { get; private set; }

    /// <summary>Whether nothing is going on.</summary>
    public bool IsIdle { get; private set; }

    /// <summary>Closes it in the middle of whatever it does, which ends with an exception.</summary>
    public void Close()
    {
        socket.Dispose();
        script?.Output.Dispose();
    }

    /// <summary>Serves it to its end.</summary>
    public async Task ServeAsync()
    {
        clients.Add(this);
        try
        {
            Setsockopt(socket.Descriptor, SocketOptions.TcpNoDelay, true);
            do
                keepsAlive = await ReadHeadAsync() && await AnswerAsync();
            while (keepsAlive && !clients.IsDraining);
            await LingerAsync();
        }
        catch (Exception e) when (e is UnpException or ObjectDisposedException)
        {
            // It went away, or was too slow.
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

    void Expect(TimeSpan patience) => Deadline = Environment.TickCount64 + (long)patience.TotalMilliseconds;

    /// <summary>Reads up to the empty line, and takes it apart. What came after it, a body or another request, is held.</summary>
    /// <returns>Whether there is a request; one that is bad has been answered.</returns>
    async ValueTask<bool> ReadHeadAsync()
    {
        int searched = 0;
        if (held == 0)
        {
            Release();
            IsIdle = true;
            Expect(Idleness);
            await socket.WaitReadableAsync();
            IsIdle = false;
        }
        Expect(site.Patience);
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

    /// <summary>Looks for the empty line; lines before the first are passed over.</summary>
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

    /// <summary>The first bytes are done with.</summary>
    void Consume(int bytes)
    {
        Buffer.Span[bytes..held].CopyTo(Buffer.Span);
        held -= bytes;
    }

    /// <summary>Does what is asked for.</summary>
    /// <returns>Whether the connection can go on.</returns>
    async ValueTask<bool> AnswerAsync()
    {
        if (Site.IsProgram(request.Path, out string name, out string rest))
            return await RunAsync(name, rest);
        if (request.Method is not ("GET" or "HEAD"))
            return await RefuseAsync(request.Method is "POST" or "PUT" or "DELETE" or "OPTIONS" or "PATCH" ? 405 : 501);
        if (request.ContentLength > 0 || request.IsChunked)
            return await RefuseAsync(413); // for a file nobody has a body
        return await SendFileAsync();
    }

    /// <summary>Answers with a status and a page that says it; a connection on which more could be on its way ends.</summary>
    async ValueTask<bool> RefuseAsync(int status, (string Name, string Value)? field = null)
    {
        bool goesOn = request.KeepsAlive && status is 301 or 302 or 403 or 404 or 405 or 416 && request.ContentLength == 0 && !request.IsChunked;
        using IMemoryOwner<byte> answer = Blocks.Rent();
        await SendAsync(answer.Memory[..WritePage(answer.Memory.Span, status, goesOn, field)]);
        return goesOn;
    }

    int WritePage(Span<byte> buffer, int status, bool goesOn, (string Name, string Value)? field)
    {
        string page = $"<!DOCTYPE html>\n<title>{status}</title>\n<h1>{status} {ResponseHead.Reason(status)}</h1>\n";
        var head = new ResponseHead(buffer, status, Connection(goesOn));
        head.Add("Content-Type", "text/html; charset=utf-8");
        head.Add("Content-Length", page.Length);
        if (status == 405)
            head.Add("Allow", "GET, HEAD");
        if (field is var (name, value))
            head.Add(name, value);
        int length = head.End();
        return request.IsHead ? length : length + System.Text.Encoding.ASCII.GetBytes(page, buffer[length..]);
    }

    /// <summary>What has to be said of what becomes of the connection (RFC 9112, section 9.3).</summary>
    string? Connection(bool goesOn) => (goesOn && !clients.IsDraining, request.IsHttp11) switch
    {
        (false, _) => "close",
        (true, false) => "keep-alive",
        (true, true) => null,
    };

    async ValueTask SendAsync(ReadOnlyMemory<byte> data)
    {
        Expect(site.Patience);
        await socket.SendAsync(data);
    }

    /// <summary>
    /// Ends the sending, and reads what the client may still send: a reset, which is what closing with something unread makes, could overtake the answer
    /// (section 7.5).
    /// </summary>
    async ValueTask LingerAsync()
    {
        socket.Shutdown(SHUT_WR);
        Expect(Lingering);
        int left = MostLingering;
        int got;
        do
        {
            got = await socket.ReceiveAsync(Buffer);
            left -= got;
        }
        while (got > 0 && left > 0);
    }
}
