namespace Unp.Samples.Tests.survival;

/// <summary>Tests that a transient accept error does not end a server, and that a server does not survive without listening.</summary>
public class AcceptErrorTests
{
    /// <summary>Servers that block in accept.</summary>
    static readonly string[] Blocking =
    [
        "tcpcliserv/tcpserv01", "tcpcliserv/tcpserv03", "tcpcliserv/tcpserv04",
        "intro/daytimetcpsrv", "intro/daytimetcpsrv1", "intro/daytimetcpsrv2",
        "names/daytimetcpsrv1", "names/daytimetcpsrv2", "names/daytimetcpsrv4",
        "threads/tcpserv01", "threads/tcpserv02g", "unixdomain/daytimetcpsrv2",
        "server/serv00", "server/serv05 2", "server/serv06", "server/serv06c",
        "server/serv07 2", "server/serv08 2", "server/serv09 2", "unixdomain/fdserver",
    ];

    /// <summary>Servers that call accept when a poller reports the listening socket.</summary>
    static readonly string[] Polling =
    [
        "tcpcliserv/tcpservselect01", "tcpcliserv/tcpservpoll01", "tcpcliserv/tcpservselect02", "tcpcliserv/tcpservpoll02",
        "tcpcliserv/tcpservepoll01", "tcpcliserv/tcpservepoll02", "tcpcliserv/tcpservpoller01",
        "tcpcliserv/tcpservasync01", "tcpcliserv/tcpservpipe01", "server/serv11 1", "server/serv12 1",
    ];

    public static TheoryData<string, string> Failures => new(
        from program in Blocking.Concat(Polling)
        from error in program is "unixdomain/fdserver" ? (string[])["EMFILE", "EPERM", "EPROTO", "ECONNABORTED"] : ["EMFILE", "EPERM"]
        select (program, error));

    [Theory]
    [MemberData(nameof(Failures))]
    public void Server_accepts_again_after_transient_error(string program, string error)
    {
        using var directory = new TempDirectory();
        string[] faults = ["trace=accept,accept4", $"inject=accept,accept4:error={error}:when=1"];
        using Peer serving = Traced.Start(directory["log"], faults, Servers.Command(program));
        SockAddr listening = Servers.Listening(serving);
        Servers.Ask(program, listening);
        Servers.Ask(program, listening);
        Assert.Contains($"-1 {error}", File.ReadAllText(directory["log"]), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("tcpcliserv/tcpserv01")]
    [InlineData("server/serv06")]
    [InlineData("server/serv07 2")]
    [InlineData("server/serv08 2")]
    [InlineData("unixdomain/fdserver")]
    public void Server_ends_when_its_socket_no_longer_listens(string program)
    {
        using var directory = new TempDirectory();
        string[] faults = ["trace=accept4", "inject=accept4:error=EINVAL:when=1"];
        using Peer serving = Traced.Start(directory["log"], faults, Servers.Command(program));
        Assert.Equal(1, serving.WaitForExit());
        Assert.Contains("accept error: Invalid argument\n", serving.ReadErrorToEnd(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("tcpcliserv/tcpservepoll01", 2)]
    [InlineData("tcpcliserv/tcpservepoll02", 2)]
    [InlineData("tcpcliserv/tcpservpoller01", 3)]
    [InlineData("server/serv11 1", 3)]
    public void Client_without_room_in_epoll_is_only_one_lost(string program, int call)
    {
        foreach (string error in (string[])["ENOSPC", "ENOMEM"])
        {
            using var directory = new TempDirectory();
            string[] faults = ["trace=epoll_ctl", $"inject=epoll_ctl:error={error}:when={call}"];
            using Peer serving = Traced.Start(directory["log"], faults, Servers.Command(program));
            SockAddr listening = Servers.Listening(serving);
            using (Wire lost = Wire.Connect(listening))
                Assert.Equal("", lost.ReceiveToEnd());
            Servers.Ask(program, listening);
        }
    }
}
