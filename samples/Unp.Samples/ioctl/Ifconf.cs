namespace Unp.Samples.ioctl;

/// <summary>Reads the interface list with a buffer that grows until the list fits (figure 17.7).</summary>
static class Ifconf
{
    public static ReadOnlySpan<byte> Read(Fd sockfd)
    {
        const int EntrySize = 40;
        int lastlen = 0;
        int len = 100 * EntrySize; // initial buffer size guess
        while (true)
        {
            byte[] buf = new byte[len];
            try
            {
                Ioctl(sockfd, SIOCGIFCONF, buf, out int ifc_len);
                if (ifc_len == lastlen)
                    return buf.AsSpan(0, ifc_len); // success, len has not changed
                lastlen = ifc_len;
            }
            catch (UnpException failure) when (failure.Errno == Errno.EINVAL && lastlen == 0)
            {
                // The buffer is too small, and this system reports that.
            }
            len += 10 * EntrySize; // increment
        }
    }
}
