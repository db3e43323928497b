namespace Unp.Samples.tftp;

/// <summary>The kind of a packet, in its first two bytes (RFC 1350 and 2347).</summary>
enum TftpOpcode : ushort
{
    ReadRequest = 1,
    WriteRequest = 2,
    Data = 3,
    Ack = 4,
    Error = 5,
    OptionAck = 6,
}
