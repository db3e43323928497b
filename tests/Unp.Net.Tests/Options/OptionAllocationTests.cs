namespace Unp.Net.Tests.Options;

public class OptionAllocationTests
{
    [Fact]
    public void Reading_and_setting_does_not_allocate()
    {
        var (fd, server) = Loopback.TcpPair();
        using (fd)
        using (server)
        {
            void Use()
            {
                Setsockopt(fd, SocketOptions.KeepAlive, Getsockopt(fd, SocketOptions.KeepAlive));
                Setsockopt(fd, SocketOptions.RcvLowat, Getsockopt(fd, SocketOptions.RcvLowat));
                Setsockopt(fd, SocketOptions.MaxPacingRate, Getsockopt(fd, SocketOptions.MaxPacingRate));
                Setsockopt(fd, SocketOptions.TcpKeepIdle, Getsockopt(fd, SocketOptions.TcpKeepIdle));
                Setsockopt(fd, SocketOptions.RcvTimeo, Getsockopt(fd, SocketOptions.RcvTimeo));
                Setsockopt(fd, SocketOptions.Linger, Getsockopt(fd, SocketOptions.Linger));
                _ = Getsockopt(fd, SocketOptions.Error);
                _ = Getsockopt(fd, SocketOptions.TcpInfo);
            }

            AllocationCheck.AssertFree("options", Use);
        }
    }
}
