namespace Unp.Samples.web;

// The part that sends files.
sealed partial class HttpConnection
{
    /// <summary>The number of bytes to send before other connections get their turn.</summary>
    const int MaxAtOnce = 1 << 20;

    async ValueTask<bool> SendFileAsync()
    {
        using Fd? file = site.OpenFile(request.Path, out FileStatus status, out int refusal);
        if (file is null)
            return await RefuseAsync(refusal, refusal == 301 ? ("Location", WithSlash()) : null);
        if (request.IfModifiedSince is { } since && ToSecond(status.Modified) <= since)
            return await SendHeadAsync(304, status, null);

        ByteRange? range = HasRange(status) ? ByteRange.Of(request.Range, status.Size) : null;
        if (range is { } part && !part.IsIn(status.Size))
            return await RefuseAsync(416, ("Content-Range", $"bytes */{status.Size}"));
        if (request.IsHead || status.Size == 0)
            return await SendHeadAsync(range is null ? 200 : 206, status, range);
        return await SendAsync(file, status, range);
    }

    /// <summary>
    /// Returns whether a range is allowed: only with GET, and only if the file is unchanged (RFC 9110, sections 13.1.5 and 14.2).
    /// </summary>
    bool HasRange(FileStatus status) =>
        !request.IsHead && (request.IfRange is not { } unchanged || unchanged == ToSecond(status.Modified));

    /// <summary>
    /// Returns the target with a slash at its end, so that relative links of the page work. It begins with exactly one slash, because the
    /// text after two slashes would be a host.
    /// </summary>
    string WithSlash()
    {
        string target = "/" + request.Target.TrimStart('/');
        return request.Query.Length > 0 ? $"{target[..target.IndexOf('?')]}/?{request.Query}" : target.TrimEnd('?') + "/";
    }

    static DateTimeOffset ToSecond(DateTimeOffset time) => time.AddTicks(-(time.Ticks % TimeSpan.TicksPerSecond));

    async ValueTask<bool> SendHeadAsync(int status, FileStatus file, ByteRange? range)
    {
        using var answer = Blocks.Rent();
        await SendAsync(answer.Memory[..WriteHead(answer.Memory.Span, status, file, range)]);
        return request.KeepsAlive;
    }

    /// <summary>Sends a short file with the head in one call. The kernel sends a long file without copying it to the process.</summary>
    async ValueTask<bool> SendAsync(Fd file, FileStatus status, ByteRange? range)
    {
        long offset = range?.First ?? 0;
        long left = range?.Length ?? status.Size;
        using (var answer = Blocks.Rent())
        {
            int head = WriteHead(answer.Memory.Span, range is null ? 200 : 206, status, range);
            if (left <= answer.Memory.Length - head)
            {
                int got = ReadAt(file, answer.Memory.Span.Slice(head, (int)left), offset);
                await SendAsync(answer.Memory[..(head + got)]);
                return got == left && request.KeepsAlive;
            }
            SetDeadline(site.Timeout);
            await socket.SendMessageAsync(answer.Memory[..head], flags: OperatingSystem.IsLinux() ? MSG_MORE : 0);
        }
        return await SendRestAsync(file, offset, left) && request.KeepsAlive;
    }

    async ValueTask<bool> SendRestAsync(Fd file, long offset, long left)
    {
        while (left > 0)
        {
            long sent = SendSome(file, ref offset, Math.Min(left, MaxAtOnce));
            if (sent == 0)
                return false; // the file was truncated, which the client sees as an early end of the connection
            if (sent > 0)
                SetDeadline(site.Timeout);
            left -= Math.Max(0, sent);
            if (left > 0)
                await socket.WaitWritableAsync();
        }
        return true;
    }

    /// <returns>The number of bytes, or -1 if the socket has no room.</returns>
    unsafe long SendSome(Fd file, ref long offset, long max)
    {
        nint n;
        fixed (long* p = &offset)
        {
            do
                n = sendfile(socket.Descriptor, file, p, (nuint)max);
            while (n < 0 && Errno.Last == Errno.EINTR);
        }
        return n >= 0 || Errno.Last == Errno.EAGAIN ? n : throw new UnpException(Errno.Last, "sendfile");
    }

    static int ReadAt(Fd file, Span<byte> buffer, long offset)
    {
        int got = 0;
        while (got < buffer.Length)
        {
            nint n = pread(file, buffer[got..], offset + got);
            if (n < 0 && Errno.Last != Errno.EINTR)
                throw new UnpException(Errno.Last, "pread");
            if (n == 0)
                break;
            got += Math.Max(0, (int)n);
        }
        return got;
    }

    int WriteHead(Span<byte> buffer, int status, FileStatus file, ByteRange? range)
    {
        var head = new ResponseHead(buffer, status, Connection(request.KeepsAlive));
        if (status != 304)
        {
            head.Add("Content-Type", MediaTypes.Of(request.Path.EndsWith('/') ? "index.html" : request.Path));
            head.Add("Content-Length", range?.Length ?? file.Size);
            head.Add("Accept-Ranges", "bytes");
        }
        if (range is { } part)
            head.AddRange(part, file.Size);
        head.Add("Last-Modified", file.Modified);
        return head.End();
    }
}
