namespace Unp.Samples.Tests.survival;

/// <summary>Tests that a server that cannot create a thread for a client loses only that client.</summary>
public class ThreadShortageTests
{
    const string Lost = "the thread of a client cannot be created, so the connection is closed";

    public static TheoryData<string> ThreadPerClient =>
    [
        "tcpcliserv/tcpserv01", "tcpcliserv/tcpserv02", "tcpcliserv/tcpserv03", "tcpcliserv/tcpserv04",
        "tcpcliserv/tcpserv08", "tcpcliserv/tcpserv09", "udpcliserv/udpservselect01",
        "threads/tcpserv01", "threads/tcpserv02", "threads/tcpserv02g", "server/serv06", "server/serv06c",
    ];

    [Theory]
    [MemberData(nameof(ThreadPerClient))]
    public void Server_without_thread_loses_one_client(string program)
    {
        using Peer serving = ThreadLimit.Start(UnpProcess.Executable, Servers.Command(program));
        SockAddr listening = Servers.Listening(serving);
        using Wire first = Wire.Connect(listening);
        Servers.Ask(program, listening);

        ThreadLimit.Forbid(serving);
        using (Wire one = Wire.Connect(listening))
        using (Wire two = Wire.Connect(listening))
        {
            Assert.Equal(Lost, serving.ReadErrorLine());
            if (program != "server/serv06c") // a cached thread may serve one of the two
                Assert.Equal("", one.ReceiveToEnd() + two.ReceiveToEnd());
        }

        ThreadLimit.Allow(serving);
        Servers.Ask(program, listening);
    }

    [Fact]
    [System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
    public void Unix_stream_server_without_thread_loses_one_client()
    {
        using var directory = new TempDirectory();
        File.SetUnixFileMode(directory["."], (UnixFileMode)0x1ff); // the server's user creates its socket there
        using Peer serving = ThreadLimit.Start(UnpProcess.Executable, "unixdomain/unixstrserv02", "--path", directory["s"]);
        SockAddr listening = UnpProcess.Listening(serving);
        ThreadLimit.Forbid(serving);
        using (Fd lost = Loopback.Limited(Socket(AF_UNIX, SOCK_STREAM)))
        {
            Connect(lost, listening);
            Assert.Equal(0, Read(lost, new byte[1]));
        }
        Assert.Equal(Lost, serving.ReadErrorLine());
        ThreadLimit.Allow(serving);
        using Fd client = Loopback.Limited(Socket(AF_UNIX, SOCK_STREAM));
        Connect(client, listening);
        Write(client, "here"u8);
        Assert.Equal(4, Read(client, new byte[10]));
    }
}
