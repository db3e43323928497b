using System.Buffers;
using System.Globalization;
using static Unp.Net.Libc;

namespace Unp.Net;

/// <summary>The rule for hosts and services of <see cref="getaddrinfo(string?, string?, int, int, int, int, out AddrInfo[])"/>.</summary>
/// <remarks>Without it, each C library would accept further texts as addresses or ports, and each would accept different ones.</remarks>
static class NetworkNames
{
    static readonly SearchValues<char> HexDigits = SearchValues.Create("0123456789abcdefABCDEF");

    /// <summary>Returns whether the text is an address, or may be a name.</summary>
    public static bool IsHost(string host) =>
        IsName(host) && (HasWord(host) || inet_pton(AF_INET, host, stackalloc byte[4]) == 1);

    /// <summary>Returns whether the text is a port, or may be the name of a service.</summary>
    public static bool IsService(string service) =>
        ushort.TryParse(service, NumberStyles.None, CultureInfo.InvariantCulture, out _)
        || (IsName(service) && service is not ['+' or '-', ..] && service.AsSpan().ContainsAnyExceptInRange('0', '9'));

    static bool IsName(string text)
    {
        foreach (char character in text)
        {
            if (char.IsWhiteSpace(character) || char.IsControl(character))
                return false;
        }
        return text is not ("" or "*");
    }

    /// <summary>Returns whether the host has a label that is not a number.</summary>
    /// <remarks>
    /// In the forms of an address that <c>inet_aton(3)</c> reads, each label is a decimal, octal or hexadecimal number.
    /// </remarks>
    static bool HasWord(ReadOnlySpan<char> host)
    {
        foreach (Range range in host.Split('.'))
        {
            ReadOnlySpan<char> label = host[range];
            bool isNumber = label is ['0', 'x' or 'X', .. var digits]
                ? !digits.ContainsAnyExcept(HexDigits)
                : !label.ContainsAnyExceptInRange('0', '9');
            if (!isNumber)
                return true;
        }
        return false;
    }
}
