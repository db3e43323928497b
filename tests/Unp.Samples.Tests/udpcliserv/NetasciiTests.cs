using System.Text;
using Unp.Samples.tftp;

namespace Unp.Samples.Tests.udpcliserv;

public class NetasciiTests
{
    [Theory]
    [InlineData("", "")]
    [InlineData("text", "text")]
    [InlineData("\n", "\r\n")]
    [InlineData("\r", "\r\0")]
    [InlineData("\r\n\r\0\n\n", "\r\0\r\n\r\0\0\r\n\r\n")]
    public void Conversion_does_not_depend_on_block_size(string file, string network)
    {
        for (int size = 1; size <= network.Length + 1; size++)
        {
            Assert.Equal(network, Encode(file, size));
            Assert.Equal(file, Decode(network, size));
        }
    }

    [Theory]
    [InlineData("\ra", "\ra")]
    [InlineData("\r\r\n", "\r\n")]
    [InlineData("a\r", "a\r")]
    [InlineData("\0\n", "\0\n")]
    public void Invalid_text_of_network_is_kept(string network, string file)
    {
        for (int size = 1; size <= network.Length; size++)
            Assert.Equal(file, Decode(network, size));
    }

    static string Encode(string file, int size)
    {
        var conversion = new Netascii();
        var network = new StringBuilder();
        byte[] block = new byte[size];
        ReadOnlySpan<byte> rest = Encoding.Latin1.GetBytes(file);
        int n;
        do
        {
            n = conversion.Encode(ref rest, block);
            network.Append(Encoding.Latin1.GetString(block, 0, n));
        }
        while (n == size);
        return network.ToString();
    }

    static string Decode(string network, int size)
    {
        var conversion = new Netascii();
        var file = new StringBuilder();
        byte[] output = new byte[size + 1];
        foreach (byte[] block in Encoding.Latin1.GetBytes(network).Chunk(size))
            file.Append(Encoding.Latin1.GetString(output, 0, conversion.Decode(block, output)));
        return file + (conversion.HasPendingCr ? "\r" : "");
    }
}
