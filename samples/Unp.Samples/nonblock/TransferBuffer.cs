namespace Unp.Samples.nonblock;

/// <summary>
/// The buffer for one direction of <see cref="tcpcli02"/>: data that was read but not yet written (figures 16.1 and 16.2). No call blocks.
/// </summary>
/// <param name="traces">Whether each transfer is printed on standard error with its time.</param>
sealed class TransferBuffer(bool traces)
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
        if (n >= 0)
            Trace(n == 0 ? $"EOF on {where}" : $"read {n} bytes from {where}");
        iptr += (int)Math.Max(0, n);
    }

    /// <summary>Writes as much as possible. When all data is written, the buffer starts again at its beginning.</summary>
    public void WriteTo(Fd fd, string where)
    {
        nint n = write(fd, bytes.AsSpan(optr, iptr - optr));
        if (n < 0 && !IsTransient)
            err_sys($"write error to {where}");
        if (n >= 0)
            Trace($"wrote {n} bytes to {where}");
        optr += (int)Math.Max(0, n);
        if (optr == iptr)
            optr = iptr = 0;
    }

    void Trace(string step)
    {
        if (traces)
            err_msg($"{gf_time()}: {step}");
    }

    static bool IsTransient => Errno.Last == Errno.EAGAIN || Errno.Last == Errno.EINTR;
}
