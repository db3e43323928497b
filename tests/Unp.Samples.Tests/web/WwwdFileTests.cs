using System.Globalization;
using System.Text;

namespace Unp.Samples.Tests.web;

/// <summary>Tests of wwwd as a file server.</summary>
public sealed class WwwdFileTests(WebSite site) : IClassFixture<WebSite>
{
    [Theory]
    [InlineData("/", "text/html; charset=utf-8", "<h1>index</h1>")]
    [InlineData("/index.html", "text/html; charset=utf-8", "<h1>index</h1>")]
    [InlineData("/sub/", "text/html; charset=utf-8", "<h1>sub</h1>")]
    [InlineData("/0123", "application/octet-stream", "0123456789")]
    [InlineData("/a%20b.txt", "text/plain; charset=utf-8", "blank")]
    [InlineData("/a%20b.txt?query=%zz", "text/plain; charset=utf-8", "blank")]
    [InlineData("http://localhost/0123", "application/octet-stream", "0123456789")]
    [InlineData("/empty.txt", "text/plain; charset=utf-8", "")]
    public void File_is_sent_with_type_and_HEAD_sends_same_fields(string target, string type, string text)
    {
        Answer answer = site.Ask($"GET {target}");
        Assert.Equal("HTTP/1.1 200 OK", answer.Status);
        Assert.Equal((type, $"{text.Length}", text), (answer.Fields["Content-Type"], answer.Fields["Content-Length"], answer.Body));
        Answer head = site.Ask($"HEAD {target}");
        Assert.Equal((answer.Status, answer.Fields["Content-Length"], ""), (head.Status, head.Fields["Content-Length"], head.Body));
    }

    [Fact]
    public void Large_file_is_sent_whole_and_in_part()
    {
        Answer whole = site.Ask("GET /photo.jpeg");
        Assert.Equal("image/jpeg", whole.Fields["Content-Type"]);
        Assert.Equal(WebSite.Large, whole.Bytes);
        Answer part = site.Ask("GET /photo.jpeg", "Range: bytes=1000-6000000\r\n");
        Assert.Equal($"bytes 1000-6000000/{WebSite.Large.Length}", part.Fields["Content-Range"]);
        Assert.Equal(WebSite.Large[1000..6000001], part.Bytes);
    }

    [Theory]
    [InlineData("bytes=0-0", "0", "bytes 0-0/10")]
    [InlineData("bytes=2-4", "234", "bytes 2-4/10")]
    [InlineData("bytes=7-", "789", "bytes 7-9/10")]
    [InlineData("bytes=7-100", "789", "bytes 7-9/10")]
    [InlineData("bytes=-4", "6789", "bytes 6-9/10")]
    [InlineData("bytes=-100", "0123456789", "bytes 0-9/10")]
    public void Range_is_answered_with_requested_part(string range, string part, string where)
    {
        Answer answer = site.Ask("GET /0123", $"Range: {range}\r\n");
        Assert.Equal((206, part, where), (answer.Code, answer.Body, answer.Fields["Content-Range"]));
    }

    [Theory]
    [InlineData("bytes=4-2")]
    [InlineData("bytes=a-b")]
    [InlineData("bytes=-")]
    [InlineData("bytes=1-2,4-5")]
    [InlineData("lines=1-2")]
    public void Invalid_or_multiple_range_is_answered_with_whole_file(string range)
    {
        Answer answer = site.Ask("GET /0123", $"Range: {range}\r\n");
        Assert.Equal((200, "0123456789"), (answer.Code, answer.Body));
    }

    [Theory]
    [InlineData("bytes=10-")]
    [InlineData("bytes=10-20")]
    [InlineData("bytes=9223372036854775807-")]
    [InlineData("bytes=-0")]
    public void Range_past_end_is_refused_with_size(string range)
    {
        Answer answer = site.Ask("GET /0123", $"Range: {range}\r\n");
        Assert.Equal((416, "bytes */10"), (answer.Code, answer.Fields["Content-Range"]));
    }

    [Fact]
    public void Range_applies_to_GET_only()
    {
        Answer answer = site.Ask("HEAD /0123", "Range: bytes=2-3\r\n");
        Assert.Equal((200, "10"), (answer.Code, answer.Fields["Content-Length"]));
    }

    [Theory]
    [InlineData("HTTP://localhost/0123", 200)]
    [InlineData("http://localhost?a=/0123", 200)]
    [InlineData("http://localhost", 200)]
    [InlineData("http://localhost/sub?a=/b", 301)]
    public void Target_may_be_absolute_form(string target, int status)
    {
        Answer answer = site.Ask($"GET {target}");
        Assert.Equal(status, answer.Code);
        if (status == 200)
            Assert.Equal(target.EndsWith("t/0123", StringComparison.Ordinal) ? "0123456789" : "<h1>index</h1>", answer.Body);
    }

    [Fact]
    public void Unmodified_file_is_not_sent_again()
    {
        string modified = site.Ask("GET /0123").Fields["Last-Modified"];
        Answer same = site.Ask("GET /0123", $"If-Modified-Since: {modified}\r\n");
        Assert.Equal((304, ""), (same.Code, same.Body));
        Assert.False(same.Fields.ContainsKey("Content-Length"));
        string earlier = DateTimeOffset.Parse(modified, CultureInfo.InvariantCulture).AddSeconds(-1).ToString("r");
        Assert.Equal(200, site.Ask("GET /0123", $"If-Modified-Since: {earlier}\r\n").Code);
        Assert.Equal(200, site.Ask("GET /0123", "If-Modified-Since: yesterday\r\n").Code);
        Assert.Equal(206, site.Ask("GET /0123", $"Range: bytes=1-1\r\nIf-Range: {modified}\r\n").Code);
        Assert.Equal(200, site.Ask("GET /0123", $"Range: bytes=1-1\r\nIf-Range: {earlier}\r\n").Code);
        Assert.Equal(200, site.Ask("GET /0123", "Range: bytes=1-1\r\nIf-Range: \"tag\"\r\n").Code);
    }

    [Theory]
    [InlineData("/absent", 404)]
    [InlineData("/sub/absent/", 404)]
    [InlineData("/0123/more", 404)]
    [InlineData("/cgi-bin/", 404)]
    [InlineData("/out", 403)]
    [InlineData("/up/secret", 403)]
    [InlineData("/../secret", 400)]
    [InlineData("/sub/../../secret", 400)]
    [InlineData("/%2e%2e/secret", 400)]
    [InlineData("/..%2fsecret", 400)]
    [InlineData("/0123%00.html", 400)]
    [InlineData("/%", 400)]
    [InlineData("/%zz", 400)]
    [InlineData("0123", 400)]
    [InlineData("*", 400)]
    public void Missing_file_or_path_outside_directory_is_refused(string target, int status)
    {
        Answer answer = site.Ask($"GET {target}");
        Assert.Equal(status, answer.Code);
        Assert.DoesNotContain("secret", answer.Body, StringComparison.Ordinal);
    }

    [Fact]
    public void Directory_without_slash_is_redirected()
    {
        Answer answer = site.Ask("GET /sub?a=b");
        Assert.Equal((301, "/sub/?a=b"), (answer.Code, answer.Fields["Location"]));
        Assert.Equal("/sub/", site.Ask("GET //sub").Fields["Location"]); // not the host "sub"
        Assert.Equal("/sub/", site.Ask("GET /sub?").Fields["Location"]);
        Assert.Equal("<h1>sub</h1>", site.Curl("-L", "/sub").Output);
    }

    [Theory]
    [InlineData("POST /0123", 405)]
    [InlineData("DELETE /0123", 405)]
    [InlineData("BREW /0123", 501)]
    [InlineData("GET  /0123", 400)]
    [InlineData("GET", 400)]
    [InlineData("G@T /0123", 400)]
    public void Unknown_method_is_refused(string request, int status) => Assert.Equal(status, site.Ask(request).Code);

    [Theory]
    [InlineData("GET / HTTP/1.1\r\n\r\n", 400)]
    [InlineData("GET / HTTP/2.0\r\nHost: x\r\n\r\n", 505)]
    [InlineData("GET / HTTP/1\r\nHost: x\r\n\r\n", 400)]
    [InlineData("GET / HTTP/1.1\r\nHost: x\r\nHost: y\r\n\r\n", 400)]
    [InlineData("GET / HTTP/1.1\r\nHost: x\r\nno colon\r\n\r\n", 400)]
    [InlineData("GET / HTTP/1.1\r\nHost: x\r\nName : value\r\n\r\n", 400)]
    [InlineData("GET / HTTP/1.1\r\nHost: x\r\n folded\r\n\r\n", 400)]
    [InlineData("GET / HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n", 400)]
    [InlineData("GET / HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n", 400)]
    [InlineData("GET / HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n", 400)]
    [InlineData("GET / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: gzip\r\n\r\n", 501)]
    [InlineData("GET / HTTP/1.1\r\nHost: x\r\nExpect: miracles\r\n\r\n", 417)]
    [InlineData("\x16\x03\x01\x02\n\n", 400)]
    [InlineData("GET / HTTP/1.0\n\n", 200)]
    [InlineData("\r\n\r\nGET / HTTP/1.0\r\n\r\n", 200)]
    public void Bad_request_is_refused_and_connection_closed(string request, int status)
    {
        using Wire wire = Wire.Connect(site.Address);
        Assert.Equal(status, new Answer(wire.Send(request).ReceiveToEnd()).Code);
    }

    [Fact]
    public void Too_long_request_gets_status_of_its_too_long_part()
    {
        Assert.Equal(414, site.Ask($"GET /{new string('a', 9000)}").Code);
        Assert.Equal(414, site.Ask($"GET /{new string('a', 20000)}").Code);
        Assert.Equal(
            431, site.Ask("GET /", string.Concat(Enumerable.Range(0, 300).Select(i => $"Field-{i}: {new string('v', 60)}\r\n"))).Code);
        Assert.Equal(413, site.Ask("GET /", "Content-Length: 3\r\n", "abc").Code);
    }

    [Fact]
    public void Requests_on_one_connection_may_be_cut_anywhere()
    {
        using Wire wire = Wire.Connect(site.Address);
        const string Request = "GET /0123 HTTP/1.1\r\nHost: x\r\n\r\n";
        string three =
            $"{Request}HEAD /absent HTTP/1.1\r\nHost: x\r\n\r\n{Request}GET /sub/ HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n";
        for (int i = 0; i < three.Length; i += 7)
            wire.Send(three[i..Math.Min(i + 7, three.Length)]);
        string answers = wire.ReceiveToEnd();
        Assert.Equal(
            ["200 OK", "404 Not Found", "200 OK", "200 OK"], answers.Split("HTTP/1.1 ")[1..].Select(answer => answer.Split("\r\n")[0]));
        Assert.EndsWith("<h1>sub</h1>", answers, StringComparison.Ordinal);
    }

    [Fact]
    public void Http_1_0_client_is_served_once_unless_keep_alive()
    {
        using Wire wire = Wire.Connect(site.Address);
        wire.Send("GET /0123 HTTP/1.0\r\nConnection: keep-alive\r\n\r\n");
        StringBuilder first = new();
        while (!first.ToString().EndsWith("0123456789", StringComparison.Ordinal))
            first.Append(wire.Receive(1));
        wire.Send("GET /0123 HTTP/1.0\r\n\r\n");
        Assert.Contains("Connection: keep-alive", first.ToString(), StringComparison.Ordinal);
        Assert.Contains("Connection: close", wire.ReceiveToEnd(), StringComparison.Ordinal);
    }

    [Fact]
    public void Curl_receives_same_bytes()
    {
        Outcome outcome = site.Curl("/photo.jpeg");
        Assert.Equal((0, WebSite.Large.Length), (outcome.Status, outcome.Output.Length));
        Assert.Equal(WebSite.Large, Encoding.Latin1.GetBytes(outcome.Output));
    }
}
