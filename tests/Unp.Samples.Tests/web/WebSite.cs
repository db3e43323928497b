using System.Security.Cryptography;
using System.Text;

namespace Unp.Samples.Tests.web;

/// <summary>A directory served by wwwd, with a secret file beside it.</summary>
public sealed class WebSite : IDisposable
{
    readonly TempDirectory directory = new();
    readonly Peer server;

    public WebSite()
        : this([])
    {
    }

    WebSite(string[] options, IReadOnlyDictionary<string, string>? environment = null)
    {
        Directory.CreateDirectory(directory["www/sub"]);
        Directory.CreateDirectory(directory["www/cgi-bin"]);
        File.WriteAllText(directory["secret"], "secret");
        File.WriteAllText(directory["www/index.html"], "<h1>index</h1>");
        File.WriteAllText(directory["www/sub/index.html"], "<h1>sub</h1>");
        File.WriteAllText(directory["www/0123"], "0123456789");
        File.WriteAllText(directory["www/a b.txt"], "blank");
        File.WriteAllBytes(directory["www/empty.txt"], []);
        File.WriteAllBytes(directory["www/photo.jpeg"], Large);
        File.CreateSymbolicLink(directory["www/out"], "../secret");
        Directory.CreateSymbolicLink(directory["www/up"], "..");
        string[] command = ["web/wwwd", "-d", directory["www"], "-p", "0", "-w", "2", .. options];
        server = UnpProcess.StartServer(command, out SockAddr listening, environment);
        Address = listening;
    }

    /// <summary>Starts wwwd with options.</summary>
    public static WebSite With(params string[] options) => new(options);

    /// <summary>Starts wwwd with environment variables.</summary>
    public static WebSite With(IReadOnlyDictionary<string, string> environment) => new([], environment);

    /// <summary>A file larger than any buffer of a connection.</summary>
    public static byte[] Large { get; } = RandomNumberGenerator.GetBytes(10_000_001);

    public SockAddr Address { get; }

    public Peer Server => server;

    public void Dispose()
    {
        server.Dispose();
        directory.Dispose();
    }

    /// <summary>The path of a file.</summary>
    public string this[string name] => directory["www/" + name];

    /// <summary>Adds a program.</summary>
    public void AddProgram(string name, string script)
    {
        File.WriteAllText(directory["www/cgi-bin/" + name], "#!/bin/sh\n" + script);
        using Peer chmod = Peer.Start("chmod", "500", directory["www/cgi-bin/" + name]);
        Assert.Equal(0, chmod.Finish().Status);
    }

    /// <summary>Adds a file that is not a program.</summary>
    public void Add(string name, string text) => File.WriteAllText(directory["www/" + name], text);

    /// <summary>Sends one request on its own connection, which the server closes after the answer.</summary>
    public Answer Ask(string request, string fields = "", string body = "")
    {
        using Wire wire = Wire.Connect(Address);
        wire.Send($"{request} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n{fields}\r\n{body}");
        return new Answer(wire.ReceiveToEnd());
    }

    /// <summary>Fetches the body of a page with curl.</summary>
    public Outcome Curl(params string[] arguments)
    {
        using Peer curl = Peer.Start(
            "curl", ["-sS", "--max-time", "20", .. arguments[..^1], $"http://127.0.0.1:{Address.Port}{arguments[^1]}"]);
        return curl.Finish();
    }
}

/// <summary>A received answer.</summary>
public sealed class Answer
{
    public Answer(string text)
    {
        int end = text.IndexOf("\r\n\r\n", StringComparison.Ordinal);
        Assert.True(end > 0, $"not an HTTP answer: {text}");
        string[] lines = text[..end].Split("\r\n");
        Status = lines[0];
        foreach (string line in lines[1..])
            Fields.Add(line[..line.IndexOf(':')], line[(line.IndexOf(':') + 2)..]);
        Body = text[(end + 4)..];
    }

    public string Status { get; }

    public Dictionary<string, string> Fields { get; } = new(StringComparer.OrdinalIgnoreCase);

    public string Body { get; }

    public byte[] Bytes => Encoding.Latin1.GetBytes(Body);

    public int Code => int.Parse(Status.Split(' ')[1]);
}
