namespace Unp.Net.Packets.Tests;

/// <summary>Filters of sockets.</summary>
public sealed class BpfSocketTests
{
    [Fact]
    public void Datagrams_that_filter_refuses_are_dropped_and_others_are_cut()
    {
        using var kernel = new SocketFilter();
        BpfProgram.Parse("ldb [0]\njeq #7 jt 2 jf 3\nret #2\nret #0").AttachTo(kernel.Receiver);
        Assert.Equal(-1, kernel.Run([8, 1, 2, 3]));
        Assert.Equal(2, kernel.Run([7, 1, 2, 3]));
        BpfProgram.DetachFrom(kernel.Receiver);
        Assert.Equal(4, kernel.Run([8, 1, 2, 3]));
    }

    [Fact]
    public void Filter_is_read_back()
    {
        using var kernel = new SocketFilter();
        Assert.Null(BpfProgram.GetFrom(kernel.Receiver));
        BpfProgram program = BpfProgram.Compile("tcp port 80");
        program.AttachTo(kernel.Receiver);
        Assert.Equal(program.ToString(), BpfProgram.GetFrom(kernel.Receiver)!.ToString());
    }

    [Fact]
    public void Locked_filter_can_be_neither_replaced_nor_removed()
    {
        using var kernel = new SocketFilter();
        BpfProgram program = BpfProgram.Parse("ret #0");
        program.AttachTo(kernel.Receiver);
        Setsockopt(kernel.Receiver, SocketOptions.LockFilter, true);
        Assert.Equal(Errno.EPERM, Assert.Throws<UnpException>(() => program.AttachTo(kernel.Receiver)).Errno);
        Assert.Equal(Errno.EPERM, Assert.Throws<UnpException>(() => BpfProgram.DetachFrom(kernel.Receiver)).Errno);
    }

    [Fact]
    public void Socket_without_filter_has_none_to_remove()
    {
        using var kernel = new SocketFilter();
        Assert.Equal(Errno.ENOENT, Assert.Throws<UnpException>(() => BpfProgram.DetachFrom(kernel.Receiver)).Errno);
        Assert.Throws<ArgumentNullException>("socket", () => BpfProgram.Parse("ret #0").AttachTo(null!));
    }

    [Fact]
    public void Packet_socket_sees_only_packets_of_its_filter()
    {
        using var host = new NetworkNamespace();
        const int EthPAll = 3;
        using Fd capture = host.Socket(AF_PACKET, SOCK_RAW, htons(EthPAll));
        using Fd receiver = host.Socket(AF_INET, SOCK_DGRAM);
        Bind(receiver, new SockAddr(System.Net.IPAddress.Loopback, 0));
        int port = Getsockname(receiver).Port;
        BpfProgram.Compile($"udp dst port {port} and ip[28] = 0x42 and src host 127.0.0.1").AttachTo(capture);
        using Fd sender = host.Socket(AF_INET, SOCK_DGRAM);
        foreach (byte[] datagram in (byte[][])[[0x41], [0x42, 1], [0x43]])
            Sendto(sender, datagram, 0, new SockAddr(System.Net.IPAddress.Loopback, port));

        byte[] frame = new byte[100];
        long length = Recv(capture, frame); // loopback shows the packet when it is sent, and when it is received
        Assert.Equal([0x42, 1], frame[42..(int)length]);
        Assert.Equal(length, Recv(capture, frame));
        Assert.Equal(-1, recv(capture, frame, MSG_DONTWAIT));
    }
}
