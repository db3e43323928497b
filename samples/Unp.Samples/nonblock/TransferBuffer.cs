namespace Unp.Samples.nonblock;

/// <summary>
/// One direction of <see cref="tcpcli02"/>: what was read and could not be written yet (figures 16.1 and 16.2). Neither reading nor writing waits.
/// </summary>
sealed class TransferBuffer
{
    readonly byte[] bytes = new byte[MAXLINE];
    int optr;
    int iptr;

    /// <summary>Whether it can read.</summary>
    public bool HasRoom => !IsOver && iptr < bytes.Length;

    /// <summary>Whether it can write.</summary>
    public bool HasData => iptr > optr;

    /// <summary>The end of what is to be read has come.</summary>
    public bool IsOver { get; private set; }

    /// <summary>Reads what is there, into the room behind what it holds.</summary>
    public void ReadFrom(Fd fd, string where)
    {
        nint n = read(fd, bytes.AsSpan(iptr));
        if (n < 0 && !IsToComeAgain)
            err_sys($"read error on {where}");
        IsOver = n == 0;
        iptr += (int)Math.Max(0, n);
    }

    /// <summary>Writes what there is room for. When all is written, the buffer is empty again from its beginning.</summary>
    public void WriteTo(Fd fd, string where)
    {
        nint n = write(fd, bytes.AsSpan(optr, iptr - optr));
        if (n < 0 && !IsToComeAgain)
            err_sys($"write error to {where}");
        optr += (int)Math.Max(0, n);
        if (optr == iptr)
            optr = iptr = 0;
    }

    static bool IsToComeAgain => Errno.Last == Errno.EAGAIN || Errno.Last == Errno.EINTR;
}
