namespace Unp.Samples.Tests;

/// <summary>Tests of all forms of str_cli that wait for standard input and the server at once.</summary>
public class EveryStrCliTests
{
    static string InAdvio => OperatingSystem.IsLinux() ? "advio/tcpcli03" : "advio/tcpcli04";

    public static TheoryData<string, string> Clients =>
        On("select/tcpcli01", "select/tcpcli02", InAdvio, "nonblock/tcpcli01", "nonblock/tcpcli02");

    /// <summary>Every client except select/tcpcli01, which ends with its input.</summary>
    public static TheoryData<string, string> ThatHalfClose => On("select/tcpcli02", InAdvio, "nonblock/tcpcli01", "nonblock/tcpcli02");

    public static TheoryData<string, string> Resets => new()
    {
        { "select/tcpcli01", "readline error: Connection reset by peer\n" },
        { "select/tcpcli02", "read error: Connection reset by peer\n" },
        { InAdvio, "read error: Connection reset by peer\n" },
        { "nonblock/tcpcli01", "readline error: Connection reset by peer\n" },
        { "nonblock/tcpcli02", "read error on socket: Connection reset by peer\n" },
    };

    [Theory]
    [MemberData(nameof(Clients))]
    public void Each_line_is_sent_and_its_answer_printed(string program, string address)
    {
        using var listener = new Wire.Listener(address);
        using Peer client = UnpProcess.Start(program, address, "--port", listener.Port);
        using Wire server = listener.Accept();
        foreach (string line in (string[])["one", "", "\0\xfe"])
        {
            client.Type(line + "\n");
            Assert.Equal(line + "\n", server.Receive(line.Length + 1));
            server.Send(line + "!\n");
            Assert.Equal(line + "!", client.ReadLine());
        }
        client.EndInput();
        Assert.Equal("", server.ReceiveToEnd());
        server.Dispose();
        Assert.Equal(new Outcome(Status(program), "", ""), client.Finish());
    }

    [Theory]
    [MemberData(nameof(ThatHalfClose))]
    public void Client_half_closes_at_end_of_input_and_prints_all_answers(string program, string address)
    {
        using var listener = new Wire.Listener(address);
        using Peer client = UnpProcess.Start(program, address, "--port", listener.Port).Type("one\ntwo\nhalf").EndInput();
        using Wire server = listener.Accept();
        Assert.Equal("one\ntwo\nhalf", server.ReceiveToEnd());
        server.Send("ONE\nTWO\nHALF");
        server.Dispose();
        Assert.Equal(new Outcome(Status(program), "ONE\nTWO\nHALF", ""), client.Finish());
    }

    [Theory]
    [MemberData(nameof(Clients))]
    public void End_of_server_is_reported_immediately(string program, string address)
    {
        using var listener = new Wire.Listener(address);
        using Peer client = UnpProcess.Start(program, address, "--port", listener.Port);
        using (Wire server = listener.Accept())
            server.Send("last words\n");
        AssertEnds(client, program, "last words\n", program == "nonblock/tcpcli01" ? "" : "str_cli: server terminated prematurely\n");
    }

    [Theory]
    [MemberData(nameof(Resets))]
    public void Reset_by_server_is_reported_with_error(string program, string error)
    {
        using var listener = new Wire.Listener();
        using Peer client = UnpProcess.Start(program, "127.0.0.1", "--port", listener.Port);
        listener.Accept().Reset();
        AssertEnds(client, program, "", error);
    }

    /// <summary>Asserts that the client ends although its standard input is open and silent.</summary>
    static void AssertEnds(Peer client, string program, string output, string error)
    {
        int status = Math.Max(1, Status(program));
        Assert.Equal(status, client.WaitForExit());
        Assert.Equal(new Outcome(status, output, error), client.Finish());
    }

    /// <summary>The expected exit status: the child of nonblock/tcpcli01 sends SIGTERM to its parent.</summary>
    static int Status(string program) => program == "nonblock/tcpcli01" ? 128 + SIGTERM : 0;

    static TheoryData<string, string> On(params string[] clients) =>
        new(from client in clients from address in (string[])["127.0.0.1", "::1"] select (client, address));
}
