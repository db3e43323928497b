using System.Runtime.InteropServices;
using System.Text;

namespace Unp.Net.Tests.LibcCalls;

/// <summary>Tests getaddrinfo, freeaddrinfo, gai_strerror and getnameinfo as in C.</summary>
public unsafe class NetdbTests
{
    [Fact]
    public void Look_up_returns_list_to_be_freed()
    {
        fixed (byte* host = "127.0.0.1"u8)
        fixed (byte* service = "80"u8)
        {
            void* list = null;
            Assert.Equal(0, getaddrinfo(host, service, null, &list));
            Assert.True(list != null);
            freeaddrinfo(list);

            list = null;
            Assert.Equal(EAI_NONAME, getaddrinfo(null, null, null, &list));
            Assert.True(list == null);
        }
    }

    [Fact]
    public void Errors_have_texts()
    {
        Assert.Equal("Name or service not known", Text(EAI_NONAME));
        Assert.Equal("Servname not supported for ai_socktype", Text(EAI_SERVICE));
        Assert.Equal("Unknown error", Text(4711));
        static string? Text(int error) => Marshal.PtrToStringUTF8((nint)gai_strerror(error));
    }

    [Theory]
    [InlineData("127.0.0.1:80", "127.0.0.1", "80")]
    [InlineData("[::1]:53", "::1", "53")]
    public void Address_has_names(string address, string host, string service) =>
        Assert.Equal((0, host, service), Names(SockAddr.Parse(address), 256, 32, NI_NUMERICHOST | NI_NUMERICSERV));

    [Fact]
    public void Service_has_name_in_etc_services()
    {
        Assert.SkipUnless(File.Exists("/etc/services"), "there is no /etc/services (Debian: netbase)");
        Assert.Equal((0, "127.0.0.1", "echo"), Names(SockAddr.Parse("127.0.0.1:7"), 256, 32, NI_NUMERICHOST));
        Assert.Equal((0, "127.0.0.1", "echo"), Names(SockAddr.Parse("127.0.0.1:7"), 256, 32, NI_NUMERICHOST | NI_DGRAM));
    }

    [Fact]
    public void Errors_are_those_of_name_service()
    {
        SockAddr address = SockAddr.Parse("127.0.0.1:80");
        Assert.Equal(EAI_OVERFLOW, Names(address, 4, 32, NI_NUMERICHOST | NI_NUMERICSERV).Error);
        Assert.Equal(EAI_OVERFLOW, Names(address, 256, 1, NI_NUMERICHOST | NI_NUMERICSERV).Error);
        Assert.Equal(EAI_FAMILY, Names(default, 256, 32, NI_NUMERICHOST).Error);
        Assert.Equal(EAI_BADFLAGS, Names(address, 256, 32, -1).Error);
    }

    static (int Error, string Host, string Service) Names(SockAddr address, int hostRoom, int serviceRoom, int flags)
    {
        byte[] host = new byte[hostRoom];
        byte[] service = new byte[serviceRoom];
        fixed (byte* h = host)
        fixed (byte* s = service)
        {
            int error = getnameinfo(&address, (uint)address.Length, h, (uint)hostRoom, s, (uint)serviceRoom, flags);
            return (error, Encoding.ASCII.GetString(host).TrimEnd('\0'), Encoding.ASCII.GetString(service).TrimEnd('\0'));
        }
    }
}
