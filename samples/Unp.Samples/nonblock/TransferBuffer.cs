namespace Unp.Samples.nonblock;

/// <summary>
/// The buffer for one direction of <see cref="tcpcli02"/>: data that was read but not yet written (figures 16.1 and 16.2). No call blocks.
/// </summary>
sealed class TransferBuffer
{
    readonly byte[] bytes = new byte[MAXLINE];
    int optr;
    int iptr;

    /// <summary>Gets whether the buffer can take more input.</summary>
    public bool HasRoom => !IsOver && iptr < bytes.Length;

    /// <summary>Gets whether the buffer holds data to write.</summary>
    public bool HasData => iptr > optr;

    /// <summary>Gets whether the input has ended.</summary>
    public bool IsOver { get; private set; }

    /// <summary>Reads the available data into the free room.</summary>
    public void ReadFrom(Fd fd, string where)
    {
        nint n = read(fd, bytes.AsSpan(iptr));
        if (n < 0 && !IsTransient)
            err_sys($"read error on {where}");
        IsOver = n == 0;
        iptr += (int)Math.Max(0, n);
    }

    /// <summary>Writes as much as possible. When all data is written, the buffer starts again at its beginning.</summary>
    public void WriteTo(Fd fd, string where)
    {
        nint n = write(fd, bytes.AsSpan(optr, iptr - optr));
        if (n < 0 && !IsTransient)
            err_sys($"write error to {where}");
        optr += (int)Math.Max(0, n);
        if (optr == iptr)
            optr = iptr = 0;
    }

    static bool IsTransient => Errno.Last == Errno.EAGAIN || Errno.Last == Errno.EINTR;
}
