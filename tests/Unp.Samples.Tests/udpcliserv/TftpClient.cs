using System.Text;

namespace Unp.Samples.Tests.udpcliserv;

/// <summary>A hand-made TFTP client, which can break every rule of the protocol. Each character of a packet stands for one byte.</summary>
sealed class TftpClient(SockAddr server) : IDisposable
{
    const int BlockSize = 512;

    readonly UdpWire wire = new($"{server.Address}");

    /// <summary>The address from which the server has answered. Packets of a transfer go there.</summary>
    public SockAddr Transfer { get; private set; }

    public bool IsEmpty => wire.IsEmpty;

    public static string Request(int opcode, params string[] strings) =>
        Number(opcode) + string.Concat(strings.Select(text => text + '\0'));

    public static string Data(int block, string data) => Number(3) + Number(block) + data;

    public static string Ack(int block) => Number(4) + Number(block);

    public static string OptionAck(params string[] strings) => Request(6, strings);

    public static string Error(int code) => Number(5) + Number(code);

    public TftpClient Read(string name, params string[] options) => SendToServer(Request(1, [name, "octet", .. options]));

    public TftpClient Write(string name, params string[] options) => SendToServer(Request(2, [name, "octet", .. options]));

    public TftpClient SendToServer(string packet)
    {
        wire.SendTo(server, packet);
        return this;
    }

    public TftpClient Send(string packet)
    {
        wire.SendTo(Transfer, packet);
        return this;
    }

    /// <summary>Receives the next packet, whose sender becomes the address of the transfer.</summary>
    public string Receive()
    {
        string packet = wire.Receive(out SockAddr sender);
        Transfer = sender;
        return packet;
    }

    /// <summary>Receives the next packet, which must be this one.</summary>
    public TftpClient Expect(string packet)
    {
        Assert.Equal(packet, Receive());
        return this;
    }

    /// <summary>Receives an error and returns its text.</summary>
    public string ExpectError(int code)
    {
        string packet = Receive();
        Assert.StartsWith(Error(code), packet, StringComparison.Ordinal);
        Assert.EndsWith("\0", packet, StringComparison.Ordinal);
        return packet[4..^1];
    }

    /// <summary>Reads a whole file. The server may repeat packets.</summary>
    public byte[] Download(string name)
    {
        Read(name);
        var content = new StringBuilder();
        for (int block = 1; ; block++)
        {
            string packet;
            do
                packet = Receive();
            while (block > 1 && packet.StartsWith(Data(block - 1, ""), StringComparison.Ordinal));
            Assert.StartsWith(Data(block, ""), packet, StringComparison.Ordinal);
            Send(Ack(block));
            content.Append(packet, 4, packet.Length - 4);
            if (packet.Length < 4 + BlockSize)
                return Encoding.Latin1.GetBytes(content.ToString());
        }
    }

    /// <summary>Writes a whole file. The server may repeat packets.</summary>
    public void Upload(string name, byte[] content)
    {
        Write(name);
        string bytes = Encoding.Latin1.GetString(content);
        int last = bytes.Length / BlockSize + 1;
        for (int block = 0; block <= last; block++)
        {
            string packet;
            do
                packet = Receive();
            while (block > 0 && packet == Ack(block - 1));
            Assert.Equal(Ack(block), packet);
            if (block < last)
                Send(Data(block + 1, bytes[(block * BlockSize)..Math.Min(bytes.Length, (block + 1) * BlockSize)]));
        }
    }

    public void Dispose() => wire.Dispose();

    static string Number(int number) => $"{(char)((number >> 8) & 0xFF)}{(char)(number & 0xFF)}";
}
