using System.Buffers.Text;

namespace Unp.Samples.server;

/// <summary>What every server of this chapter does for a client: a line says how many bytes it wants, and it gets them (figure 30.7).</summary>
static class WebChild
{
    /// <summary>The most that a client can ask for at once, in bytes.</summary>
    public const int MAXN = 16384;

    /// <summary>What clients get.</summary>
    public static ReadOnlySpan<byte> Result => Bytes;

    /// <inheritdoc cref="Result"/>
    public static ReadOnlyMemory<byte> ResultMemory => Bytes;

    static readonly byte[] Bytes = new byte[MAXN];

    /// <summary>Serves a client until it is done. One that fails, or asks for nonsense, is told of on standard error, and its end is nobody else's.</summary>
    public static void web_child(Fd sockfd)
    {
        try
        {
            Span<byte> line = stackalloc byte[MAXLINE];
            int nread;
            while ((nread = Readline(sockfd, line)) > 0)
            {
                if (!TryReadRequest(line[..nread], out int ntowrite))
                {
                    err_msg($"client request for {ntowrite} bytes");
                    return;
                }
                Writen(sockfd, Result[..ntowrite]);
            }
        }
        catch (UnpException gone)
        {
            err_msg(gone.Message);
        }
    }

    /// <summary>How many bytes a line asks for.</summary>
    /// <returns>Whether a client can have that.</returns>
    public static bool TryReadRequest(ReadOnlySpan<byte> line, out int ntowrite)
    {
        // As atol has it: blanks before the number are skipped, and a line without a number is 0.
        _ = Utf8Parser.TryParse(line.TrimStart(" \t\n\v\f\r"u8), out ntowrite, out _);
        return ntowrite is > 0 and <= MAXN;
    }
}
