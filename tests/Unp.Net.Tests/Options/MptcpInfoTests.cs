using System.Runtime.CompilerServices;
using Unp.Net.Abi.Linux;

namespace Unp.Net.Tests.Options;

public class MptcpInfoTests
{
    static readonly MptcpInfoForm Form = new();

    [Theory]
    [InlineData(48, false, false, false)] // Linux 5.16
    [InlineData(80, true, false, false)]  // 6.5
    [InlineData(88, true, true, false)]   // 6.8
    [InlineData(96, true, true, true)]    // 6.10
    public void Length_of_answer_determines_known_members(int length, bool hasBytes, bool hasTotal, bool hasTimes)
    {
        byte[] bytes = new byte[length];
        Array.Fill(bytes, (byte)1);
        MptcpInfo info = Form.Decode(bytes);
        Assert.Equal((1, 0x01010101u, 0x0101010101010101ul, true), (info.Subflows, info.Token, info.RcvNxt, info.CsumEnabled));
        Assert.Equal(hasBytes ? 0x01010101u : null, info.Retransmits);
        Assert.Equal(hasBytes ? 0x0101010101010101ul : null, info.BytesRetrans);
        Assert.Equal(hasBytes ? 0x0101010101010101ul : null, info.BytesSent);
        Assert.Equal(hasBytes ? 0x0101010101010101ul : null, info.BytesReceived);
        Assert.Equal(hasBytes ? 0x0101010101010101ul : null, info.BytesAcked);
        Assert.Equal(hasTotal ? 1 : null, info.SubflowsTotal);
        TimeSpan? time = hasTimes ? TimeSpan.FromMilliseconds(0x01010101L) : null;
        Assert.Equal((time, time, time), (info.LastDataSent, info.LastDataRecv, info.LastAckRecv));
    }

    [Fact]
    public void Members_have_places_of_kernel()
    {
        byte[] bytes = [.. Enumerable.Range(0, 96).Select(number => (byte)number)];
        MptcpInfo info = Form.Decode(bytes);
        Assert.Equal((0, 1, 2), (info.Subflows, info.AddAddrSignal, info.AddAddrAccepted));
        Assert.Equal((3, 4, 5), (info.SubflowsMax, info.AddAddrSignalMax, info.AddAddrAcceptedMax));
        Assert.Equal((0x0B0A0908, 0x0F0E0D0Cu), (info.Flags, info.Token));
        Assert.Equal((16, 24, 32), ((byte)info.WriteSeq, (byte)info.SndUna, (byte)info.RcvNxt));
        Assert.Equal((40, 41, true), (info.LocalAddrUsed, info.LocalAddrMax, info.CsumEnabled));
        Assert.Equal((44, 48, 56), ((byte)info.Retransmits!, (byte)info.BytesRetrans!, (byte)info.BytesSent!));
        Assert.Equal((64, 72, 80), ((byte)info.BytesReceived!, (byte)info.BytesAcked!, info.SubflowsTotal!.Value));
        Assert.Equal((81, 82), (info.EndpLaminarMax, info.EndpFullmeshMax));
        Assert.Equal(TimeSpan.FromMilliseconds(0x57565554L), info.LastDataSent);
        Assert.Equal(TimeSpan.FromMilliseconds(0x5B5A5958L), info.LastDataRecv);
        Assert.Equal(TimeSpan.FromMilliseconds(0x5F5E5D5CL), info.LastAckRecv);
    }

    [Fact]
    public void Longer_answer_of_future_kernel_is_truncated() => Assert.Equal(0, Form.Decode(new byte[1000]).SubflowsTotal);

    [Fact]
    public void Structures_have_sizes_of_kernel()
    {
        Assert.Equal(96, Unsafe.SizeOf<MptcpAppended.Info>());
        Assert.Equal(264, Unsafe.SizeOf<MptcpAppended.SubflowInfo>());
        Assert.Equal(136, Unsafe.SizeOf<MptcpAppended.FullInfo>());
    }

    [Fact]
    public void New_socket_has_no_token_and_sent_nothing()
    {
        TwoPaths.RequireMptcp();
        using Fd fd = Socket(AF_INET, SOCK_STREAM, IPPROTO_MPTCP);
        MptcpInfo info = Getsockopt(fd, SocketOptions.MptcpInfo);
        Assert.Equal((0, 0u, 0ul), (info.Flags, info.Token, info.BytesSent ?? 0));
    }

    [Fact]
    public void Plain_TCP_refuses_option_by_name()
    {
        TwoPaths.RequireMptcp();
        using Fd fd = Socket(AF_INET, SOCK_STREAM);
        var refused = Assert.Throws<UnpException>(() => Getsockopt(fd, SocketOptions.MptcpInfo));
        Assert.Equal((Errno.EOPNOTSUPP, "MPTCP_INFO"), (refused.Errno, refused.Subject));
    }
}
