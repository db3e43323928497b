namespace Unp.Net.Tests.Book;

/// <summary>str_echo and str_cli, the two ends of the book's first example.</summary>
public class StrEchoTests
{
    [Fact]
    public void Lines_are_echoed()
    {
        using var connection = StreamPair.Tcp(out Fd client, out Fd server);
        Assert.Equal(
            "one\ntwo\n\nlong " + new string('x', 3000) + "\n", Talk(client, server, "one\ntwo\n\nlong " + new string('x', 3000) + "\n"));
    }

    [Fact]
    public void Line_longer_than_MAXLINE_is_echoed_whole()
    {
        using var connection = StreamPair.Tcp(out Fd client, out Fd server, AF_INET6);
        string line = new string('y', (2 * MAXLINE) + 5) + "\n";
        Assert.Equal(line, Talk(client, server, line));
    }

    [Fact]
    public void Server_echoes_bytes_read_ahead()
    {
        using var connection = StreamPair.Unix(out Fd client, out Fd server);
        Writen(client, "greeting\nthe rest"u8);
        Shutdown(client, SHUT_WR);
        Readline(server, new byte[80]);
        Assert.Equal(0, str_echo(server));
        server.Dispose();
        byte[] buffer = new byte[80];
        Assert.Equal("the rest"u8, buffer.AsSpan(0, Readn(client, buffer)));
    }

    [Fact]
    public void Server_reports_that_client_disappeared()
    {
        using var connection = StreamPair.Tcp(out Fd client, out Fd server);
        Setsockopt(client, SOL_SOCKET, SO_LINGER, new linger { l_onoff = 1, l_linger = 0 });
        client.Dispose();
        Assert.Equal($"str_echo error: Connection reset by peer ({server})", Assert.Throws<UnpException>(() => Str_echo(server)).Message);
    }

    [Fact]
    public void Client_exits_if_server_closes_instead_of_answering()
    {
        using var connection = StreamPair.Tcp(out Fd client, out Fd server);
        Pipe(out Fd keyboard, out Fd typing);
        Writen(typing, "one\ntwo\n"u8);
        typing.Dispose();
        Shutdown(server, SHUT_WR);
        using (keyboard)
        {
            using var error = new CapturedError();
            var exit = Assert.Throws<ExitException>(() => Str_cli(keyboard, client));
            Assert.Equal((1, "str_cli: server terminated prematurely"), (exit.Status, exit.Message));
            Assert.Equal("str_cli: server terminated prematurely\n", error.Text);
            Assert.Equal(1, str_cli(keyboard, client));
        }
    }

    [Fact]
    public void Client_reports_reset_by_server()
    {
        using var connection = StreamPair.Tcp(out Fd client, out Fd server);
        Pipe(out Fd keyboard, out Fd typing);
        Writen(typing, "one\n"u8);
        typing.Dispose();
        Setsockopt(server, SOL_SOCKET, SO_LINGER, new linger { l_onoff = 1, l_linger = 0 });
        server.Dispose();
        using (keyboard)
            Assert.Contains(Assert.Throws<UnpException>(() => Str_cli(keyboard, client)).Errno, (Errno[])[Errno.ECONNRESET, Errno.EPIPE]);
    }

    [Fact]
    public void Thread_reads_lines_while_another_writes()
    {
        using var connection = StreamPair.Tcp(out Fd client, out Fd server);
        byte[] sent = [.. Enumerable.Repeat("a line of text\n"u8.ToArray(), 20_000).SelectMany(line => line)];
        var echo = new BlockedThread<int>(() => str_echo(server));
        var writer = new BlockedThread<int>(() =>
        {
            int written = writen(client, sent);
            Shutdown(client, SHUT_WR);
            return written;
        });
        int lines = 0;
        byte[] line = new byte[80];
        while (lines < 20_000 && Readline(client, line) == 15)
            lines++;
        Assert.Equal(20_000, lines);
        Assert.Equal(sent.Length, writer.Result);
        Assert.Equal(0, echo.Result);
    }

    /// <summary>Passes the text to str_cli, which talks to str_echo, and returns its output.</summary>
    static string Talk(Fd client, Fd server, string text)
    {
        var echo = new BlockedThread<int>(() => str_echo(server));
        Pipe(out Fd keyboard, out Fd typing);
        Pipe(out Fd screen, out Fd output);
        using var typist = new StreamWriter(new FileStream(typing.ToFileHandle(), FileAccess.Write));
        using var reader = new StreamReader(new FileStream(screen.ToFileHandle(), FileAccess.Read));
        typist.Write(text);
        typist.Close();
        Limit.Run(() => Str_cli(keyboard, client, output));
        keyboard.Dispose();
        output.Dispose();
        Shutdown(client, SHUT_WR);
        Assert.Equal(0, echo.Result);
        return reader.ReadToEnd();
    }
}
