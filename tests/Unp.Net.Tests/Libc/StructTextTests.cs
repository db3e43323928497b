namespace Unp.Net.Tests.LibcCalls;

/// <summary>Tests of the texts of structs, in logs and debuggers.</summary>
public class StructTextTests
{
    [Fact]
    public void Every_public_struct_has_text() => Assert.InRange(PublicStructs.AssertTexts(typeof(Fd).Assembly), 50, 500);

    [Fact]
    public unsafe void Structs_of_c_look_as_in_strace()
    {
        (object Value, string Text)[] structs =
        [
            (new timespec { tv_sec = 1, tv_nsec = 5 }, "{tv_sec=1, tv_nsec=5}"),
            (new timeval(-1, 5), "{tv_sec=-1, tv_usec=5}"),
            (new itimerspec { it_value = new() { tv_sec = 2 } }, "{it_interval={tv_sec=0, tv_nsec=0}, it_value={tv_sec=2, tv_nsec=0}}"),
            (new pollfd { fd = 5, events = POLLIN, revents = POLLIN | POLLHUP }, "{fd=5, events=POLLIN, revents=POLLIN|POLLHUP}"),
            (new pollfd { fd = -1, events = -1 }, "{fd=-1, events=POLLIN|POLLPRI|POLLOUT|POLLERR|POLLHUP|POLLNVAL|POLLRDNORM|"
                + "POLLRDBAND|POLLWRNORM|POLLWRBAND|POLLRDHUP|0xdc00, revents=0}"),
            (new epoll_event { events = EPOLLIN | EPOLLET, data = new() { fd = 5 } }, "{events=EPOLLIN|EPOLLET, data={u32=5, u64=5}}"),
            (new linger { l_onoff = 1, l_linger = 5 }, "{l_onoff=1, l_linger=5}"),
            (new iovec((void*)0x1000, 6), "{iov_base=0x1000, iov_len=6}"),
            (new mmsghdr { msg_hdr = new() { msg_namelen = 16, msg_iov = null, msg_iovlen = 1, msg_flags = MSG_TRUNC }, msg_len = 7 },
                "{msg_hdr={msg_namelen=16, msg_iovlen=1, msg_controllen=0, msg_flags=0x20}, msg_len=7}"),
            (new kevent { ident = 5, filter = -1, flags = 1 }, "{ident=5, filter=-1, flags=0x1, fflags=0x0, data=0, udata=0x0}"),
            (new signalfd_siginfo { ssi_signo = 2, ssi_pid = 71 },
                "{ssi_signo=SIGINT, ssi_code=0, ssi_pid=71, ssi_uid=0, ssi_fd=0, ssi_status=0}"),
            (new termios { c_iflag = 0x500, c_lflag = 1 }, "{c_iflag=0x500, c_oflag=0x0, c_cflag=0x0, c_lflag=0x1}"),
            (new tm { tm_year = 103, tm_mon = 10, tm_mday = 25, tm_hour = 23, tm_min = 59, tm_sec = 60 }, "2003-11-25 23:59:60"),
        ];
        Assert.All(structs, item => Assert.Equal(item.Text, item.Value.ToString()));
        Assert.StartsWith("{ru_utime={tv_sec=", $"{Getrusage(RUSAGE_SELF)}");
    }

    [Fact]
    public void Sets_list_their_members()
    {
        using Fd first = Kernel.Apart(Socket(AF_INET, SOCK_STREAM));
        FdSet set = default;
        Assert.Equal("[]", $"{set}");
        set.Set(Fd.StandardInput);
        set.Set(first);
        Assert.Equal($"[0 {Kernel.Number(first)}]", $"{set}");

        Assert.Equal("[]", $"{SigSet.Empty}");
        Assert.Equal("[SIGINT SIGTERM 34]", $"{SigSet.Of(SIGTERM, SIGINT, SIGRTMIN)}");
        SigSet most = SigSet.Full;
        Assert.Equal("~[]", $"{most}");
        most.Remove(SIGKILL);
        Assert.Equal("~[SIGKILL]", $"{most}");

        Icmp6Filter filter = Icmp6Filter.BlockAll;
        Assert.Equal(("passes all", "blocks all"), ($"{Icmp6Filter.PassAll}", $"{filter}"));
        filter.Pass(128);
        filter.Pass(129);
        Assert.Equal("passes 128 129", $"{filter}");
        filter = Icmp6Filter.PassAll;
        filter.Block(135);
        Assert.Equal("blocks 135", $"{filter}");
    }

    [Fact]
    public void Messages_describe_themselves()
    {
        var control = new ControlWriter(new byte[100]);
        control.AddHopLimit(AF_INET, 9);
        control.Add(SOL_SOCKET, 99, (byte)1);
        string text = $"[level {IPPROTO_IP}, type {IP_TTL}, 4 bytes] [level {SOL_SOCKET}, type 99, 1 bytes]";
        Assert.Equal(text, control.ToString());
        Assert.Equal("4 + 0 + 3 bytes", new GatherBuffers("four"u8, default, "two"u8).ToString());
        Assert.Equal("0 bytes", default(ScatterBuffers).ToString());

        using var pair = Messages.SocketPair.Unix(SOCK_DGRAM, out Fd sender, out Fd receiver);
        Sendmsg(sender, "12345"u8, descriptors: [sender]);
        var descriptors = new Fd[1];
        ReceivedMessage received = Recvmsg(receiver, new byte[3], descriptors: descriptors);
        descriptors[0].Dispose();
        Assert.Equal("3 bytes, 1 descriptor (truncated)", received.ToString());
        using Fd udp = Loopback.Datagram();
        SockAddr self = Getsockname(udp);
        Sendto(udp, "x"u8, 0, self);
        Assert.Equal($"1 bytes from {self}", Recvmsg(udp, new byte[3]).ToString());
    }
}
