namespace Unp.Net.Tests.LibcCalls;

/// <summary>The calls that move data ask for the error only when they fail: it must be the call's own even then.</summary>
public class KeptErrorTests
{
    const int Rounds = 500;

    [Fact]
    public void Error_is_that_of_the_call_while_garbage_is_collected()
    {
        Socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK, 0, out Fd empty, out Fd peer);
        using (empty)
        using (peer)
        {
            using var done = new CancellationTokenSource();
            var collecting = new Thread(() =>
            {
                while (!done.IsCancellationRequested)
                    GC.Collect(0);
            });
            collecting.Start();
            try
            {
                byte[] buffer = new byte[1];
                for (int i = 0; i < Rounds; i++)
                {
                    Assert.Equal((-1, Errno.EAGAIN), (read(empty, buffer), Errno.Last));
                    Assert.Equal((-1, Errno.EBADF), (read(-1, buffer), Errno.Last));
                    Assert.Equal((-1, Errno.EAGAIN), (recv(empty, buffer), Errno.Last));
                    Assert.Equal((-1, Errno.EBADF), (send(-1, buffer), Errno.Last));
                }
            }
            finally
            {
                done.Cancel();
                collecting.Join();
            }
        }
    }
}
