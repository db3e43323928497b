namespace Unp.Net.Tests.Messages;

/// <summary>Tests of a descriptor that is passed to another process and back many times.</summary>
public class PassingBetweenProcessesTests
{
    const int Passes = 10_000;

    [Fact]
    public void Ten_thousand_passes_leak_no_descriptor()
    {
        using Fd listenfd = Loopback.Listener(SockAddr.UnixAbstract($"unp-{Environment.ProcessId}-passes"));
        using Peer child = ChildProcess.Start("return descriptors to", Getsockname(listenfd).ToString());
        Pipe(out Fd read, out Fd write);
        using (read)
        using (write)
        {
            using (Fd connection = Accept(listenfd))
            {
                byte[] buffer = new byte[16];
                for (int i = 0; i < Passes; i++)
                {
                    Write_fd(connection, "passed"u8, write);
                    Assert.Equal(6, Read_fd(connection, buffer, out Fd? back));
                    using (back)
                        Writen(back!, "x"u8);
                }
            }
            Assert.Equal(Passes, Kernel.Waiting(read));
            Assert.Equal($"passed {Passes}, left open: ", child.ReadLine());
            Assert.Equal(0, child.WaitForExit());
        }
    }
}
