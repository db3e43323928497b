using System.Buffers;

namespace Unp.Samples.web;

// The part that runs programs of the cgi-bin.
sealed partial class HttpConnection
{
    /// <summary>The room before a chunk's data for its length and a line end. Eight digits exceed the size of a block.</summary>
    const int RoomForLength = 10;

    /// <summary>The maximum size of a program's head in bytes. The server's head with all of its fields fits into a block.</summary>
    const int MaxHeadSize = 8000;

    async ValueTask<bool> RunAsync(string name, string rest)
    {
        if (request.Method is not ("GET" or "HEAD" or "POST"))
            return await RefuseAsync(501);
        if (request.IsChunked)
            return await RefuseAsync(411);
        if (request.ContentLength > RequestBody.MaxLength)
            return await RefuseAsync(413);
        using (Fd? found = site.OpenProgram(name, out int refusal))
        {
            if (found is null)
                return await RefuseAsync(refusal);
        }
        if (await ReadBodyAsync() is not { } body)
            return false;

        try
        {
            using Fd? program = site.OpenProgram(name, out int changed);
            if (program is null)
            {
                body.Dispose();
                return await RefuseAsync(changed);
            }
            script = Script.Start(program, site, request, name, rest, body, socket);
        }
        catch (UnpException e)
        {
            // Too many programs are running, no descriptor is free, or the file is not executable.
            return await RefuseAsync(e.Errno == Errno.EAGAIN || e.Errno == Errno.EMFILE || e.Errno == Errno.ENFILE ? 503 : 500);
        }
        try
        {
            bool keepsAlive = await RespondAsync(script);
            script.FinishInBackground(site.Timeout);
            return keepsAlive;
        }
        catch
        {
            script.Dispose();
            throw;
        }
        finally
        {
            script = null;
        }
    }

    /// <summary>
    /// Reads the body. Returns null if the client ends early, or if it was refused because the bodies of all clients use too much memory.
    /// </summary>
    async ValueTask<RequestBody?> ReadBodyAsync()
    {
        var body = new RequestBody(Blocks);
        try
        {
            if (request.ExpectsContinue && held < request.ContentLength)
                await SendAsync("HTTP/1.1 100 Continue\r\n\r\n"u8.ToArray());
            while (body.Length < request.ContentLength)
            {
                if (held == 0)
                {
                    // No block is held while the connection waits.
                    Release();
                    SetDeadline(site.Timeout);
                    await socket.WaitReadableAsync();
                }
                if (!body.TryGetMemory(out Memory<byte> room))
                {
                    await RefuseAsync(503);
                    body.Dispose();
                    return null;
                }
                room = room[..(int)Math.Min(room.Length, request.ContentLength - body.Length)];
                int got = held > 0 ? TakeHeld(room.Span) : await socket.ReceiveAsync(room);
                if (got == 0)
                {
                    body.Dispose();
                    return null;
                }
                body.Advance(got);
            }
            return body;
        }
        catch
        {
            body.Dispose();
            throw;
        }
    }

    int TakeHeld(Span<byte> room)
    {
        int length = Math.Min(held, room.Length);
        Buffer.Span[..length].CopyTo(room);
        Consume(length);
        return length;
    }

    async ValueTask<bool> RespondAsync(Script running)
    {
        using IMemoryOwner<byte> block = Blocks.Rent();
        SetDeadline(site.Timeout);
        (ScriptHead? head, int end, int got) = await ReadHeadAsync(running, block.Memory);
        if (head is null)
            return await RefuseAsync(500);

        bool canHaveBody = head.Status is not (204 or 304);
        bool hasBody = canHaveBody && !request.IsHead;
        bool isChunked = canHaveBody && head.ContentLength is null && request.IsHttp11;
        bool keepsAlive = request.KeepsAlive && (isChunked || !hasBody || head.ContentLength is not null);
        using (IMemoryOwner<byte> answer = Blocks.Rent())
            await SendAsync(answer.Memory[..WriteHead(answer.Memory.Span, head, isChunked, keepsAlive)]);

        // First the data after the head, then the rest. A chunk needs room for its length before the data.
        long left = hasBody ? head.ContentLength ?? long.MaxValue : 0;
        Memory<byte> room = block.Memory[RoomForLength..^2];
        int length = (int)Math.Min(got - end, left);
        block.Memory.Span.Slice(end, length).CopyTo(room.Span);
        while (left > 0)
        {
            if (length > 0)
                await SendAsync(isChunked ? AsChunk(block.Memory, length) : room[..length]);
            left -= length;
            if (left == 0)
                break;
            SetDeadline(site.Timeout);
            length = await running.Output.ReceiveAsync(room[..(int)Math.Min(left, room.Length)]);
            if (length == 0)
                break;
        }
        if (isChunked && hasBody)
            await SendAsync("0\r\n\r\n"u8.ToArray());
        return keepsAlive && (isChunked || !hasBody || left == 0);
    }

    static async ValueTask<(ScriptHead? Head, int End, int Got)> ReadHeadAsync(Script running, Memory<byte> room)
    {
        int got = 0;
        while (got < MaxHeadSize)
        {
            int n = await running.Output.ReceiveAsync(room[got..MaxHeadSize]);
            if (n == 0)
                break;
            got += n;
            if (ScriptHead.TryParse(room.Span[..got], out ScriptHead? head, out int end))
                return (head, end, got);
        }
        return (null, 0, got);
    }

    int WriteHead(Span<byte> buffer, ScriptHead from, bool isChunked, bool keepsAlive)
    {
        var head = new ResponseHead(buffer, from.Status, Connection(keepsAlive));
        foreach ((string name, string value) in from.Fields)
            head.Add(name, value);
        if (from.ContentLength is { } length && from.Status is not (204 or 304))
            head.Add("Content-Length", length);
        else if (isChunked)
            head.Add("Transfer-Encoding", "chunked");
        return head.End();
    }

    /// <summary>Frames the data as a chunk: the length before it, and a line end after it.</summary>
    static ReadOnlyMemory<byte> AsChunk(Memory<byte> block, int length)
    {
        Span<byte> digits = stackalloc byte[RoomForLength];
        length.TryFormat(digits, out int count, "x");
        "\r\n"u8.CopyTo(digits[count..]);
        int begin = RoomForLength - count - 2;
        digits[..(count + 2)].CopyTo(block.Span[begin..]);
        "\r\n"u8.CopyTo(block.Span[(RoomForLength + length)..]);
        return block[begin..(RoomForLength + length + 2)];
    }
}
