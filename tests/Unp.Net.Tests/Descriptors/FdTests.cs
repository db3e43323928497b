namespace Unp.Net.Tests.Descriptors;

public class FdTests
{
    [Fact]
    public void Reader_in_another_thread_wakes_and_gets_0_when_the_socket_is_shut_down()
    {
        var (first, second) = Loopback.UnixPair();
        using (first)
        using (second)
        {
            var reader = new BlockedThread<int>(() => Read(first, new byte[1])).WaitUntilIn("read");
            Shutdown(first, SHUT_RDWR);
            Assert.Equal(0, reader.Result);
        }
    }
}
