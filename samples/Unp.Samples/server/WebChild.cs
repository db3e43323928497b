using System.Buffers.Text;

namespace Unp.Samples.server;

/// <summary>
/// The service of this chapter's servers: a request is a line with a number, and the reply has that many bytes (figure 30.7).
/// </summary>
static class WebChild
{
    /// <summary>The maximum number of bytes per request.</summary>
    public const int MAXN = 16384;

    /// <summary>Gets the bytes of the longest reply.</summary>
    public static ReadOnlySpan<byte> Result => Bytes;

    /// <inheritdoc cref="Result"/>
    public static ReadOnlyMemory<byte> ResultMemory => Bytes;

    static readonly byte[] Bytes = new byte[MAXN];

    /// <summary>
    /// Serves a client until it ends. A failure or an invalid request is printed on standard error and affects no other client.
    /// </summary>
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

    /// <summary>Parses the number of requested bytes.</summary>
    /// <returns>Whether the number is valid.</returns>
    public static bool TryReadRequest(ReadOnlySpan<byte> line, out int ntowrite)
    {
        // Like atol(3): leading white space is skipped, and a line without a number is 0.
        _ = Utf8Parser.TryParse(line.TrimStart(" \t\n\v\f\r"u8), out ntowrite, out _);
        return ntowrite is > 0 and <= MAXN;
    }
}
