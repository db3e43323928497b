namespace Unp.Net.Abi.Linux;

/// <summary>
/// Ancillary data of the error queue: IP_RECVERR, IPV6_RECVERR; for packet sockets PACKET_TX_TIMESTAMP. The address of the reporting host
/// follows
/// it, with family AF_UNSPEC if there is none. (ip(7))
/// </summary>
struct sock_extended_err
{
    public uint ee_errno;
    public byte ee_origin;
    public byte ee_type;
    public byte ee_code;
    public byte ee_pad;
    public uint ee_info;
    public uint ee_data;
}
