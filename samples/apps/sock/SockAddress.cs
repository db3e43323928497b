using System.Globalization;

namespace Unp.Samples.sock;

/// <summary>Resolves the host and port arguments of <see cref="sock"/>.</summary>
static class SockAddress
{
    /// <summary>Returns the addresses of the server to which a client connects.</summary>
    public static AddrInfo[] Of(string host, string port, int family, bool isUdp)
    {
        int number = Port(port, isUdp);
        if (number == 0)
            UnknownService(port, isUdp);
        return host_serv(host, $"{number}", family, SockType(isUdp), out _) ?? Invalid("hostname", host);
    }

    /// <summary>Returns a server's local address. The port may be 0.</summary>
    /// <param name="host">The address, or null for the wildcard.</param>
    /// <param name="port">The port or service.</param>
    /// <param name="isUdp">Whether it is a UDP server.</param>
    public static SockAddr OfServer(string? host, string port, bool isUdp)
    {
        int number = Port(port, isUdp);
        if (host is null)
            return SockAddr.Any(AF_INET, number);
        return (host_serv(host, $"{number}", AF_UNSPEC, SockType(isUdp), out _) ?? Invalid("host name for server", host))[0].Address;
    }

    static int SockType(bool isUdp) => isUdp ? SOCK_DGRAM : SOCK_STREAM;

    static int Port(string port, bool isUdp)
    {
        if (ushort.TryParse(port, NumberStyles.None, CultureInfo.InvariantCulture, out ushort number))
            return number;
        if (getservbyname(port, isUdp ? "udp" : "tcp") is not { } service)
            return UnknownService(port, isUdp);
        return service.Port;
    }

    static int UnknownService(string port, bool isUdp)
    {
        err_quit($"getservbyname() error for: {port}/{(isUdp ? "udp" : "tcp")}");
        return 0;
    }

    static AddrInfo[] Invalid(string what, string host)
    {
        err_quit($"invalid {what}: {host}");
        return [];
    }
}
