namespace Unp.Net.Tests.Options;

/// <summary>SCTP's structures as bytes, since few kernels have SCTP.</summary>
public class SctpOptionTests
{
    static byte[] Encode<T>(SocketOption<T> option, T value)
    {
        byte[] bytes = new byte[option.Size];
        Assert.Equal(bytes.Length, option.Encode(value, bytes));
        return bytes;
    }

    static void ComesBack<T>(SocketOption<T> option, T value) => Assert.Equal(value, option.Decode(Encode(option, value)));

    [Fact]
    public void Values_come_back()
    {
        ComesBack(SocketOptions.SctpInitMsg, new SctpInitMsg(20, 30, 4, TimeSpan.FromSeconds(60)));
        ComesBack(SocketOptions.SctpRtoInfo, new SctpRtoInfo(TimeSpan.FromSeconds(3), TimeSpan.FromSeconds(60), TimeSpan.FromSeconds(1)));
        ComesBack(SocketOptions.SctpAssocInfo, new SctpAssocInfo(10, TimeSpan.FromSeconds(60)));
        ComesBack(SocketOptions.SctpMaxBurst, 4u);
    }

    [Fact]
    public void Bytes_are_those_of_C()
    {
        Assert.Equal([20, 0, 0, 0, 0, 0, 1, 0], Encode(SocketOptions.SctpInitMsg, new SctpInitMsg(20, MaxTimeout: TimeSpan.FromTicks(1))));
        Assert.Equal([0, 0, 0, 0, 5, 0, 0, 0], Encode(SocketOptions.SctpMaxSeg, 5u));
    }

    [Fact]
    public void Time_that_does_not_fit_is_out_of_range() => Assert.StartsWith(
        "SCTP_INITMSG takes 0 to 65535 milliseconds.",
        Assert.Throws<ArgumentOutOfRangeException>(() => Encode(SocketOptions.SctpInitMsg, new(1, MaxTimeout: TimeSpan.FromSeconds(66)))).Message,
        StringComparison.Ordinal);
}
