namespace Unp.Samples.threads;

/// <summary>
/// The book's <c>readline</c> with thread-specific data: one buffer for each thread, made when that calls it for the first time (figures 26.11 and 26.12).
/// The library's has one for each descriptor, and needs none of this. What a thread has read ahead of one descriptor, it would take for another's: it
/// is to read one to its end, and then the next, which is what the book's threads do.
/// </summary>
static class Rline
{
    // pthread_once and pthread_key_create are this line; the destructor of the key is the garbage collector.
    static readonly ThreadLocal<Buffer> Own = new(() => new Buffer());

    /// <summary>Reads a line with its newline, or what there is of the last one; 0 at the end.</summary>
    public static int Readline(Fd fd, Span<byte> line)
    {
        Buffer own = Own.Value!; // pthread_getspecific
        int n = 0;
        while (n < line.Length && own.My_read(fd, out byte c))
        {
            line[n++] = c;
            if (c == (byte)'\n')
                break;
        }
        return n;
    }

    sealed class Buffer
    {
        readonly byte[] rl_buf = new byte[MAXLINE];
        int rl_cnt;
        int rl_ptr;

        public bool My_read(Fd fd, out byte c)
        {
            if (rl_ptr == rl_cnt)
                (rl_ptr, rl_cnt) = (0, Read(fd, rl_buf));
            c = rl_cnt > 0 ? rl_buf[rl_ptr++] : default;
            return rl_cnt > 0;
        }
    }
}
