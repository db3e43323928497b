namespace Unp.Samples.threads;

/// <summary>
/// The book's <c>readline</c> with thread-specific data: one buffer per thread, created at its first call (figures 26.11 and 26.12).
/// </summary>
/// <remarks>
/// The library's <c>readline</c> has one buffer per descriptor instead. Here a thread must read one descriptor to its end before it reads
/// another, because the buffer does not record which descriptor its bytes came from. The book's threads do so.
/// </remarks>
static class Rline
{
    // This line replaces pthread_once and pthread_key_create, and the garbage collector replaces the destructor of the key.
    static readonly ThreadLocal<Buffer> Own = new(() => new Buffer());

    /// <summary>Reads a line with its newline, or the incomplete last line. Returns 0 at the end.</summary>
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
