using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Unp.Net.Kestrel.Tests;

/// <summary>Tests of Kestrel's protocols over the transport, with .NET's client and with curl.</summary>
public class HttpTests : KestrelSuite
{
    [Theory, MemberData(nameof(Mechanisms))]
    public void HttpClient_gets_and_posts(string mechanism) => With(Echo(mechanism), async server =>
    {
        using var client = new HttpClient { BaseAddress = new Uri(server.Url) };
        for (int i = 0; i < 20; i++)
            Assert.Equal("hello", await client.GetStringAsync("/"));
        using HttpResponseMessage answer = await client.PostAsync("/echo", new StringContent("a request's body"));
        Assert.Equal("a request's body", await answer.Content.ReadAsStringAsync());
    });

    [Theory, MemberData(nameof(Mechanisms))]
    public void Curl_gets_and_posts_over_one_connection(string mechanism) => With(Echo(mechanism), server =>
    {
        string connections = Curl("-w", "%{num_connects} ", $"{server.Url}/", $"{server.Url}/", "--data", "body", $"{server.Url}/echo");
        Assert.Equal("posted1 posted0 body0 ", connections);
        Assert.Equal("hello", Curl($"{server.Url}/"));
        return Task.CompletedTask;
    });

    [Theory, MemberData(nameof(Mechanisms))]
    public void Curl_speaks_HTTP_2(string mechanism) => With(Echo(mechanism, HttpProtocols.Http2), server =>
    {
        Assert.Equal("hello 2", Curl("--http2-prior-knowledge", "-w", " %{http_version}", $"{server.Url}/"));
        Assert.Equal("body 2", Curl("--http2-prior-knowledge", "-w", " %{http_version}", "--data", "body", $"{server.Url}/echo"));
        return Task.CompletedTask;
    });

    [Theory, MemberData(nameof(Mechanisms))]
    public void HTTP_2_connection_serves_many_streams(string mechanism) => With(Echo(mechanism, HttpProtocols.Http2), async server =>
    {
        using var client = new HttpClient
        {
            BaseAddress = new Uri(server.Url),
            DefaultRequestVersion = new Version(2, 0),
            DefaultVersionPolicy = HttpVersionPolicy.RequestVersionExact,
        };
        await Task.WhenAll(Enumerable.Range(1, 20).Select(async i =>
        {
            byte[] body = Bytes(100_000, i);
            using HttpResponseMessage answer = await client.PostAsync("/hash", new ByteArrayContent(body));
            Assert.Equal(Convert.ToHexString(SHA256.HashData(body)), await answer.Content.ReadAsStringAsync());
            Assert.Equal("hello", await client.GetStringAsync("/"));
        }));
    });

    [Theory, MemberData(nameof(Mechanisms))]
    public void Curl_speaks_TLS(string mechanism)
    {
        using X509Certificate2 certificate = SelfMade();
        With(Echo(mechanism, HttpProtocols.Http1AndHttp2, listen => listen.UseHttps(certificate)), server =>
        {
            Assert.Equal("hello 1.1", Curl("-k", "--http1.1", "-w", " %{http_version}", $"{server.Url}/"));
            Assert.Equal("hello 2", Curl("-k", "-w", " %{http_version}", $"{server.Url}/"));
            return Task.CompletedTask;
        });
    }

    [Theory]
    [InlineData("poll", false), InlineData("epoll", false), InlineData("epoll", true)]
    public void Bodies_of_64_MiB_arrive_unchanged_in_both_directions(string mechanism, bool byPool)
    {
        byte[] body = Bytes(64 * 1024 * 1024);
        string hash = Convert.ToHexString(SHA256.HashData(body));
        using var directory = new TempDirectory();
        File.WriteAllBytes(directory["sent"], body);
        With(
            new WebServer(
                app =>
                {
                    Routes(app);
                    app.MapGet("/down", context => context.Response.Body.WriteAsync(body).AsTask());
                },
                kestrel =>
                {
                    kestrel.Listen(IPAddress.Loopback, 0);
                    kestrel.Limits.MaxRequestBodySize = null;
                },
                options => (options.Mechanism, options.RunContinuationsAsynchronously) = (mechanism, byPool)),
            server =>
            {
                Assert.Equal(hash, Curl("-T", directory["sent"], "-X", "POST", $"{server.Url}/hash"));
                Curl("-o", directory["down"], $"{server.Url}/down");
                Assert.Equal(hash, HashOf(directory["down"]));
                Curl("-T", directory["sent"], "-X", "POST", "-o", directory["echo"], $"{server.Url}/echo");
                Assert.Equal(hash, HashOf(directory["echo"]));
                return Task.CompletedTask;
            });
    }

    static WebServer Echo(string mechanism, HttpProtocols protocols = HttpProtocols.Http1, Action<ListenOptions>? tls = null) => new(
        Routes,
        kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen =>
        {
            listen.Protocols = protocols;
            tls?.Invoke(listen);
        }),
        Over(mechanism));

    static void Routes(WebApplication app)
    {
        app.MapGet("/", context => context.Response.WriteAsync("hello"));
        app.MapPost("/", context => context.Response.WriteAsync("posted"));
        app.MapPost("/hash", async context =>
            await context.Response.WriteAsync(Convert.ToHexString(await SHA256.HashDataAsync(context.Request.Body))));
        app.MapPost("/echo", context => context.Request.BodyReader.CopyToAsync(context.Response.BodyWriter));
    }

    static string HashOf(string file)
    {
        using FileStream stream = File.OpenRead(file);
        return Convert.ToHexString(SHA256.HashData(stream));
    }

    static X509Certificate2 SelfMade()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256);
        return request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
    }
}
