namespace Unp.Samples.Tests.web;

/// <summary>Tests of wwwd with the programs of its cgi-bin.</summary>
public sealed class WwwdProgramTests(WebSite site) : IClassFixture<WebSite>
{
    [Fact]
    public void Program_gets_request_in_environment_and_body_on_input()
    {
        site.AddProgram(
            "env",
            "echo Content-Type: text/plain; echo; echo $REQUEST_METHOD $SCRIPT_NAME $PATH_INFO $QUERY_STRING $CONTENT_LENGTH "
                + "$HTTP_X_MINE $GATEWAY_INTERFACE $SERVER_PROTOCOL $REMOTE_ADDR $HTTP_PROXY; pwd; cat");
        Answer answer = site.Ask(
            "POST /cgi-bin/env/more/path?a=b%20c", "Content-Length: 4\r\nX-Mine: yes\r\nProxy: http://evil\r\n", "body");
        Assert.Equal((200, "text/plain"), (answer.Code, answer.Fields["Content-Type"]));
        string[] lines = Unchunked(answer).Split('\n');
        Assert.Equal("POST /cgi-bin/env /more/path a=b%20c 4 yes CGI/1.1 HTTP/1.1 127.0.0.1", lines[0]);
        Assert.EndsWith("/cgi-bin", lines[1], StringComparison.Ordinal);
        Assert.Equal("body", lines[2]);
    }

    [Theory]
    [InlineData("echo Status: 418 Teapot; echo Content-Type: text/plain; echo; echo short", 418, "short\n")]
    [InlineData("echo Content-Type: text/plain; echo Content-Length: 3; echo; echo abcdef", 200, "abc")]
    [InlineData("echo Location: /elsewhere; echo", 302, "")]
    [InlineData("echo Status: 204; echo X-Mine: yes; echo; echo nobody reads this", 204, "")]
    [InlineData("printf 'Content-Type: text/plain\\r\\n\\r\\nabc'; printf def", 200, "abcdef")]
    [InlineData("echo no head at all", 500, null)]
    [InlineData("echo Status: 99; echo Content-Type: text/plain; echo", 500, null)]
    [InlineData("exit 3", 500, null)]
    [InlineData("echo; echo nothing said", 500, null)]
    [InlineData("echo Content-Type: text/plain; echo; kill -9 $$", 200, "")]
    public void Output_of_program_becomes_answer(string script, int status, string? body)
    {
        string name = $"p{Guid.NewGuid():N}";
        site.AddProgram(name, script);
        Answer answer = site.Ask($"GET /cgi-bin/{name}");
        Assert.Equal(status, answer.Code);
        if (body is not null)
            Assert.Equal(body, Unchunked(answer));
    }

    [Fact]
    public void Long_input_and_output_pass_concurrently_in_chunks()
    {
        site.AddProgram("echo", "echo Content-Type: application/octet-stream; echo; cat");
        using var directory = new TempDirectory();
        File.WriteAllBytes(directory["body"], WebSite.Large[..1_000_000]);
        Outcome outcome = site.Curl("--data-binary", "@" + directory["body"], "/cgi-bin/echo");
        Assert.Equal(0, outcome.Status);
        Assert.Equal(WebSite.Large[..1_000_000], System.Text.Encoding.Latin1.GetBytes(outcome.Output));
        Assert.Equal(
            "413",
            site.Curl("-o", "/dev/null", "-w", "%{http_code}", "-F", "a=b", "-H", "Content-Length: 1048577", "/cgi-bin/echo").Output);
        Assert.Equal(411, site.Ask("POST /cgi-bin/echo", "Transfer-Encoding: chunked\r\n", "3\r\nabc\r\n0\r\n\r\n").Code);
    }

    [Theory]
    [InlineData("Status: 204")]
    [InlineData("Status: 304")]
    public void Answer_without_body_has_no_length(string status)
    {
        string name = $"p{Guid.NewGuid():N}";
        site.AddProgram(name, $"echo {status}; echo X-Mine: yes; echo Content-Length: 3; echo; echo abc");
        using Wire wire = Wire.Connect(site.Address);
        wire.Send($"GET /cgi-bin/{name} HTTP/1.1\r\nHost: x\r\n\r\nGET /0123 HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
        string[] answers = wire.ReceiveToEnd().Split("HTTP/1.1 ", StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(2, answers.Length);
        Assert.DoesNotContain("Content-Length", answers[0], StringComparison.OrdinalIgnoreCase);
        Assert.EndsWith("\r\n\r\n", answers[0], StringComparison.Ordinal);
        Assert.EndsWith("0123456789", answers[1], StringComparison.Ordinal);
    }

    [Fact]
    public void Header_name_with_underscore_does_not_reach_program()
    {
        site.AddProgram("headers", "echo Content-Type: text/plain; echo; env");
        Answer answer = site.Ask(
            "POST /cgi-bin/headers",
            "X-Forwarded-For: proxy\r\nX_Forwarded_For: evil\r\nContent_Type: evil\r\n"
                + "Content_Length: 7\r\nX_Other: evil\r\nContent-Length: 0\r\n");
        string[] lines = Unchunked(answer).Split('\n');
        Assert.Contains("HTTP_X_FORWARDED_FOR=proxy", lines);
        Assert.Contains("CONTENT_LENGTH=0", lines);
        Assert.DoesNotContain(lines, line => line.Contains("evil", StringComparison.Ordinal));
    }

    [Fact]
    public void Program_that_changes_after_its_check_is_checked_again()
    {
        using var outside = new TempDirectory();
        site.AddProgram("changing", "echo Content-Type: text/plain; echo; echo inside");
        site.AddProgram("outsider", "echo Content-Type: text/plain; echo; echo outside");
        string program = site["cgi-bin/changing"];
        File.Move(site["cgi-bin/outsider"], outside["outsider"]);
        using Wire wire = Wire.Connect(site.Address);
        wire.Send("POST /cgi-bin/changing HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\nExpect: 100-continue\r\nConnection: close\r\n\r\n");
        const string Leave = "HTTP/1.1 100 Continue\r\n\r\n";
        Assert.Equal(Leave, wire.Receive(Leave.Length));
        File.Delete(program);
        File.CreateSymbolicLink(program, outside["outsider"]);
        Assert.Equal(403, new Answer(wire.Send("ok").ReceiveToEnd()).Code);
    }

    [Fact]
    public void Program_is_executed_by_checked_descriptor()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "there is no /proc/self/fd");
        site.AddProgram("self", "echo Content-Type: text/plain; echo; echo $0 $(readlink /proc/$$/fd/3) $SCRIPT_FILENAME");
        string path = site["cgi-bin/self"];
        Assert.Equal($"/proc/self/fd/3 {path} {path}\n", Unchunked(site.Ask("GET /cgi-bin/self")));
        File.Copy("/bin/echo", site["cgi-bin/binary"]);
        Assert.Equal(500, site.Ask("GET /cgi-bin/binary").Code); // it runs but prints no head
    }

    [Fact]
    public void Client_that_expects_100_continue_gets_it()
    {
        site.AddProgram("cat", "echo Content-Type: text/plain; echo; cat");
        using Wire wire = Wire.Connect(site.Address);
        wire.Send("POST /cgi-bin/cat HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\nExpect: 100-continue\r\nConnection: close\r\n\r\n");
        const string Leave = "HTTP/1.1 100 Continue\r\n\r\n";
        Assert.Equal(Leave, wire.Receive(Leave.Length));
        Assert.Equal("ok", Unchunked(new Answer(wire.Send("ok").ReceiveToEnd())));
    }

    [Fact]
    public void Non_executable_file_is_neither_run_nor_shown()
    {
        site.Add("cgi-bin/plain", "password");
        Answer answer = site.Ask("GET /cgi-bin/plain");
        Assert.Equal(403, answer.Code);
        Assert.Equal(404, site.Ask("GET /cgi-bin/absent").Code);
        Assert.Equal(501, site.Ask("PUT /cgi-bin/plain").Code);
    }

    [Fact]
    public void Program_is_ended_when_its_client_is_gone()
    {
        using var directory = new TempDirectory();
        site.AddProgram("endless", $"echo $$ > {directory["pid"]}; echo Content-Type: text/plain; echo; yes");
        Wire wire = Wire.Connect(site.Address);
        wire.Send("GET /cgi-bin/endless HTTP/1.1\r\nHost: x\r\n\r\n").Receive(1000);
        int pid = int.Parse(File.ReadAllText(directory["pid"]));
        wire.Reset();
        Limit.Until(() => kill(pid, 0) < 0, "the program has ended");
    }

    [Fact]
    public void Answer_without_body_has_no_chunked_encoding()
    {
        site.AddProgram("empty", "echo Status: 204; echo X-Mine: yes; echo");
        Assert.False(site.Ask("GET /cgi-bin/empty").Fields.ContainsKey("Transfer-Encoding"));
    }

    [Theory]
    [InlineData("//cgi-bin/secretive")]
    [InlineData("/./cgi-bin/secretive")]
    [InlineData("/%2fcgi-bin/secretive")]
    [InlineData("/cgi-bin//secretive")]
    [InlineData("/cgi-bin/./secretive")]
    [InlineData("/%2e/%63gi-bin/secretive")]
    public void Program_is_never_shown_whatever_spelling_of_path(string target)
    {
        site.AddProgram("secretive", "echo Content-Type: text/plain; echo; echo ran # password");
        Assert.Equal("ran\n", Unchunked(site.Ask($"GET {target}")));
    }

    [Fact]
    public void Too_long_program_head_is_error_500_and_server_continues()
    {
        site.AddProgram("long", "printf 'Content-Type: text/plain\nSet-Cookie: '; head -c 20400 /dev/zero | tr '\\0' a; printf '\n\n'");
        Assert.Equal(500, site.Ask("GET /cgi-bin/long").Code);
        Assert.Equal(200, site.Ask("GET /0123").Code);
    }

    [Fact]
    public void Bytes_of_program_head_are_unchanged()
    {
        site.AddProgram("bytes", "printf 'Content-Type: text/plain\nX-Name: \\303\\251.txt\n\n'");
        Assert.Equal("\u00c3\u00a9.txt", site.Ask("GET /cgi-bin/bytes").Fields["X-Name"]);
    }

    [Fact]
    public void Program_may_finish_its_work_after_answering()
    {
        using var directory = new TempDirectory();
        Assert.Equal(0, mkfifo(directory["go"]));
        site.AddProgram(
            "works",
            $"printf 'Content-Type: text/plain\nContent-Length: 3\n\nabc'; read go < {directory["go"]}; echo done > {directory["log"]}");
        Assert.Equal("abc", site.Ask("GET /cgi-bin/works").Body);
        File.WriteAllText(directory["go"], "go\n");
        Limit.Until(() => File.Exists(directory["log"]) && File.ReadAllText(directory["log"]) == "done\n", "the program has done its work");

        static int mkfifo(string path)
        {
            using Peer made = Peer.Start("mkfifo", path);
            return made.Finish().Status;
        }
    }

    static string Unchunked(Answer answer)
    {
        if (!answer.Fields.ContainsKey("Transfer-Encoding"))
            return answer.Body;
        string rest = answer.Body;
        string body = "";
        while (true)
        {
            int end = rest.IndexOf("\r\n", StringComparison.Ordinal);
            int length = Convert.ToInt32(rest[..end], 16);
            if (length == 0)
            {
                Assert.Equal("0\r\n\r\n", rest);
                return body;
            }
            body += rest.Substring(end + 2, length);
            rest = rest[(end + 2 + length + 2)..];
        }
    }
}
