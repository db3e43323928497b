using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Unp.Net.Abi.Linux;

namespace Unp.Net.Tests.Options;

public class TcpInfoTests
{
    [Fact]
    public void Listener_reports_state_Listen_and_its_queue()
    {
        using Fd listenfd = Loopback.Listener(backlog: 7);
        TcpInfo info = Getsockopt(listenfd, SocketOptions.TcpInfo);
        Assert.Equal((TcpState.Listen, 0u, 7u), (info.State, info.Unacked, info.Sacked));
    }

    [Fact]
    public void Connection_reports_transferred_data()
    {
        var (client, server) = Loopback.TcpPair();
        using (client)
        using (server)
        {
            Writen(client, new byte[1000]);
            Readn(server, new byte[1000]);
            Limit.Until(() => Getsockopt(client, SocketOptions.TcpInfo).BytesAcked >= 1000, "acknowledged");

            TcpInfo sender = Getsockopt(client, SocketOptions.TcpInfo);
            TcpInfo receiver = Getsockopt(server, SocketOptions.TcpInfo);
            Assert.Equal((TcpState.Established, 1000ul, 1000ul), (sender.State, sender.BytesSent, receiver.BytesReceived));
            Assert.Equal((1u, 1u), (sender.DataSegsOut, receiver.DataSegsIn));
            Assert.Equal((uint)Getsockopt(client, SocketOptions.TcpMaxSeg), sender.SndMss);
            Assert.InRange(sender.Rtt, TimeSpan.FromTicks(1), TimeSpan.FromSeconds(5));
            Assert.InRange(sender.Rto, TimeSpan.FromMilliseconds(1), TimeSpan.FromSeconds(5));
            Assert.InRange(sender.SndWnd, 1000u, uint.MaxValue);
            Assert.InRange(receiver.LastDataRecv, TimeSpan.Zero, TimeSpan.FromSeconds(30));
        }
    }

    [Fact]
    public void Newer_kernels_report_announced_window()
    {
        Assert.SkipWhen(Environment.OSVersion.Version < new Version(6, 2), "this kernel does not report its window");
        var (client, server) = Loopback.TcpPair();
        using (client)
        using (server)
            Assert.Equal(Getsockopt(server, SocketOptions.TcpInfo).RcvWnd, Getsockopt(client, SocketOptions.TcpInfo).SndWnd);
    }

    [Fact]
    public void Close_passes_through_states_of_figure_2_4()
    {
        var (client, server) = Loopback.TcpPair();
        using (client)
        using (server)
        {
            Shutdown(client, SHUT_WR);
            Limit.Until(() => State(client) == TcpState.FinWait2 && State(server) == TcpState.CloseWait, "half closed");
            Shutdown(server, SHUT_WR);
            Limit.Until(() => State(server) == TcpState.Closed, "closed");
        }
    }

    [Fact]
    public void New_socket_is_Closed()
    {
        using Fd fd = Socket(AF_INET, SOCK_STREAM);
        Assert.Equal(TcpState.Closed, State(fd));
    }

    [Fact]
    public void Shorter_answer_of_old_kernel_leaves_rest_0()
    {
        var whole = new TcpInfoAppended.Whole();
        MemoryMarshal.AsBytes(new Span<TcpInfoAppended.Whole>(ref whole)).Fill(0x7F);
        ReadOnlySpan<byte> bytes = MemoryMarshal.AsBytes(new ReadOnlySpan<TcpInfoAppended.Whole>(in whole));

        // Linux 2.6 ended with total_retrans, 6.1 with snd_wnd.
        TcpInfo old = TcpInfoForm.OfLinux(bytes[..104]);
        Assert.Equal((0x7F7F7F7Fu, 0x7F7F7F7Ful, 0ul, 0u), (old.RcvSpace, old.TotalRetrans, old.PacingRate, old.RcvWnd));
        TcpInfo newer = TcpInfoForm.OfLinux(bytes[..Unsafe.SizeOf<tcp_info>()]);
        Assert.Equal((0x7F7F7F7Fu, 0u), (newer.SndWnd, newer.RcvWnd));
        Assert.Equal(0x7F7F, TcpInfoForm.OfLinux(bytes).AccEcnOptSeen);
    }

    [Fact]
    public void Longer_answer_of_future_kernel_is_truncated()
    {
        byte[] bytes = new byte[1000];
        Array.Fill(bytes, (byte)1);
        Assert.Equal(TcpState.Established, TcpInfoForm.OfLinux(bytes).State);
    }

    static TcpState State(Fd fd) => Getsockopt(fd, SocketOptions.TcpInfo).State;
}
