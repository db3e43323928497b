namespace Unp.Net.Tests.Addresses;

/// <summary>Addresses of families without properties of their own, with the bytes that the kernel would write.</summary>
static class UncommonFamilies
{
    public const int AF_NETLINK = 16;
    public const int AF_PACKET = 17;

    /// <summary><c>struct sockaddr_nl</c> of 12 bytes, <c>struct sockaddr_ll</c> of 20.</summary>
    public static SockAddr Of(int family, int length)
    {
        byte[] bytes = new byte[length];
        BitConverter.TryWriteBytes(bytes, (ushort)family);
        return new SockAddr(bytes);
    }
}
