using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace Unp.Net.Tests.Names;

public class GaiExceptionTests
{
    [Fact]
    public void Invalid_host_is_not_found()
    {
        var failure = Assert.Throws<GaiException>(() => Getaddrinfo("256.1.1.1", "80", flags: AI_NUMERICHOST));
        Assert.Equal("getaddrinfo error for 256.1.1.1, 80: Name or service not known", failure.Message);
        Assert.Equal(("EAI_NONAME", EAI_NONAME, EAI_NONAME), (failure.Name, failure.Error, failure.ErrorCode));
        Assert.Equal(("getaddrinfo", "256.1.1.1", "80"), (failure.Function, failure.Host, failure.Service));
        Assert.Equal(SocketError.HostNotFound, failure.SocketErrorCode);
    }

    [Fact]
    public void Code_equals_that_of_dns()
    {
        // A label has at most 63 characters (RFC 1035), so no name server is asked.
        string host = new string('x', 64) + ".invalid";
        var theirs = Assert.ThrowsAny<SocketException>(() => Dns.GetHostAddresses(host));
        var ours = Assert.Throws<GaiException>(() => Getaddrinfo(host, null));
        Assert.Equal(theirs.SocketErrorCode, ours.SocketErrorCode);
        Assert.Equal(SocketError.HostNotFound, ours.SocketErrorCode);
    }

    [Fact]
    public void Unknown_service_is_reported_by_name()
    {
        var failure = Assert.Throws<GaiException>(() => Getaddrinfo("127.0.0.1", "no-such-service", socktype: SOCK_STREAM));
        Assert.Equal(
            "getaddrinfo error for 127.0.0.1, no-such-service: Servname not supported for ai_socktype "
                + "(the service is unknown for this type of socket)",
            failure.Message);
        Assert.Equal("EAI_SERVICE", failure.Name);
        Assert.Equal(SocketError.TypeNotFound, failure.SocketErrorCode);
    }

    [Fact]
    public void Function_of_book_is_reported()
    {
        Assert.Equal(
            "tcp_connect error for 127.0.0.1, 70000: Servname not supported for ai_socktype (a port must be 0 to 65535)",
            Assert.Throws<GaiException>(() => Tcp_connect("127.0.0.1", "70000")).Message);
        Assert.Equal(
            "tcp_listen error for (no hostname), 70000: Servname not supported for ai_socktype (a port must be 0 to 65535)",
            Assert.Throws<GaiException>(() => Tcp_listen(null, "70000")).Message);
        var failure = Assert.Throws<GaiException>(() => Host_serv(null, null, AF_UNSPEC, SOCK_STREAM));
        Assert.Equal("host_serv error for (no hostname), (no service name): Name or service not known", failure.Message);
        Assert.Equal((null, null), (failure.Host, failure.Service));
    }

    [Fact]
    public void Exception_is_caught_as_socket_exception()
    {
        bool caught = false;
        try
        {
            Tcp_connect("256.1.1.1.", "70000");
        }
        catch (SocketException failure)
        {
            caught = failure.SocketErrorCode == SocketError.TypeNotFound;
        }
        Assert.True(caught);
    }

    [Fact]
    public unsafe void Every_error_has_name_and_text_of_c_library()
    {
        (int, string, SocketError)[] errors =
        [
            (EAI_AGAIN, "EAI_AGAIN", SocketError.TryAgain),
            (EAI_FAIL, "EAI_FAIL", SocketError.NoRecovery),
            (EAI_NODATA, "EAI_NODATA", SocketError.NoData),
            (EAI_FAMILY, "EAI_FAMILY", SocketError.AddressFamilyNotSupported),
            (EAI_NONAME, "EAI_NONAME", SocketError.HostNotFound),
            (EAI_ADDRFAMILY, "EAI_ADDRFAMILY", SocketError.AddressFamilyNotSupported),
            (EAI_SERVICE, "EAI_SERVICE", SocketError.TypeNotFound),
            (EAI_BADFLAGS, "EAI_BADFLAGS", SocketError.InvalidArgument),
            (EAI_SOCKTYPE, "EAI_SOCKTYPE", SocketError.SocketNotSupported),
            (EAI_MEMORY, "EAI_MEMORY", SocketError.NoBufferSpaceAvailable),
            (EAI_OVERFLOW, "EAI_OVERFLOW", SocketError.NoBufferSpaceAvailable),
            (EAI_IDN_ENCODE, "EAI_IDN_ENCODE", SocketError.HostNotFound),
            (EAI_INTR, "EAI_INTR", SocketError.Interrupted),
            (EAI_INPROGRESS, "EAI_INPROGRESS", SocketError.InProgress),
            (EAI_CANCELED, "EAI_CANCELED", SocketError.OperationAborted),
            (EAI_ALLDONE, "EAI_ALLDONE", SocketError.SocketError),
            (-4711, "EAI -4711", SocketError.SocketError),
        ];
        foreach (var (error, name, code) in errors)
        {
            var failure = new GaiException(error, "getaddrinfo", "host", "service");
            Assert.Equal((error, name, code), (failure.Error, failure.Name, failure.SocketErrorCode));
            string hint = error == EAI_SERVICE ? " (the service is unknown for this type of socket)" : "";
            Assert.Equal(
                $"getaddrinfo error for host, service: {Marshal.PtrToStringUTF8((nint)gai_strerror(error))}{hint}",
                failure.Message);
        }
    }

    [Fact]
    public void System_error_has_text_of_errno()
    {
        Errno.Last = Errno.EMFILE;
        var failure = new GaiException(EAI_SYSTEM, "getaddrinfo", "host", null);
        Assert.Equal("getaddrinfo error for host, (no service name): Too many open files", failure.Message);
        Assert.Equal("EAI_SYSTEM", failure.Name);
        Assert.Equal(SocketError.TooManyOpenSockets, failure.SocketErrorCode);
    }

    [Theory]
    [InlineData("127.0.0.1", AF_UNIX)]
    [InlineData("127.0.0.1", 9999)]
    public void Unknown_family_is_not_supported(string host, int family) => Assert.Equal(
        SocketError.AddressFamilyNotSupported, Assert.Throws<GaiException>(() => Getaddrinfo(host, "80", family)).SocketErrorCode);

    [Fact]
    public void Address_of_other_family_is_not_supported()
    {
        var failure = Assert.Throws<GaiException>(() => Getaddrinfo("127.0.0.1", "80", AF_INET6));
        Assert.Equal(SocketError.AddressFamilyNotSupported, failure.SocketErrorCode);
        failure = Assert.Throws<GaiException>(() => Getaddrinfo("::1", "80", AF_INET));
        Assert.Equal(SocketError.AddressFamilyNotSupported, failure.SocketErrorCode);
    }
}
