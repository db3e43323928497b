namespace Unp.Net.Tests.LibcCalls;

/// <summary>
/// Tests the error of calls that move data. They read errno after a failure, and no work of the runtime may change it before.
/// </summary>
public unsafe class KeptErrorTests
{
    const int Collections = 300;

    [Fact]
    public void Error_survives_concurrent_garbage_collection()
    {
        using var pair = StreamPair.Unix(out Fd empty, out _);
        Fcntl(empty, F_SETFL, O_NONBLOCK);
        var collecting = new Thread(() =>
        {
            for (int i = 0; i < Collections; i++)
            {
                GC.Collect(0);
                Thread.Yield();
            }
        });
        collecting.Start();
        try
        {
            byte[] buffer = new byte[1];
            byte one = 0;
            iovec piece = new() { iov_base = &one, iov_len = 1 };
            msghdr message = new() { msg_iov = &piece, msg_iovlen = 1 };
            long wrong = 0;
            while (collecting.IsAlive)
            {
                wrong += read(empty, buffer) == -1 && Errno.Last == Errno.EAGAIN ? 0 : 1;
                wrong += read(-1, buffer) == -1 && Errno.Last == Errno.EBADF ? 0 : 1;
                wrong += recv(empty, buffer) == -1 && Errno.Last == Errno.EAGAIN ? 0 : 1;
                wrong += readv(empty, [piece]) == -1 && Errno.Last == Errno.EAGAIN ? 0 : 1;
                wrong += recvmsg(empty, ref message) == -1 && Errno.Last == Errno.EAGAIN ? 0 : 1;
                wrong += recvmmsg(empty, [new() { msg_hdr = message }]) == -1 && Errno.Last == Errno.EAGAIN ? 0 : 1;
                wrong += sendmsg(-1, message) == -1 && Errno.Last == Errno.EBADF ? 0 : 1;
                wrong += send(-1, buffer) == -1 && Errno.Last == Errno.EBADF ? 0 : 1;
            }
            Assert.Equal(0, wrong);
        }
        finally
        {
            collecting.Join();
        }
    }
}
