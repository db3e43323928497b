using System.IO.Pipelines;
using System.Net;
using System.Text;
using Unp.Net.Pipelines;

namespace Unp.Net.Kestrel.Tests;

/// <summary>
/// Tests that the server answers the client's FIN with a FIN. Kestrel's socket transport is the control group.
/// </summary>
public class OrderlyEndTests : KestrelSuite
{
    const int Tries = 100;

    /// <summary>The transports, with continuations on the loop and on the thread pool.</summary>
    public static TheoryData<string> Transports => ["stock", "unp", "unp on the pool"];

    [Theory, MemberData(nameof(Transports))]
    public void Client_that_ends_at_once_receives_end_of_file(string transport) =>
        AllEndInOrder(transport, "", 0, answer => Assert.Equal("", answer));

    [Theory, MemberData(nameof(Transports))]
    public void Client_that_ends_after_answer_receives_end_of_file(string transport) =>
        AllEndInOrder(transport, "GET / HTTP/1.1\r\nHost: web\r\n\r\n", 1, answer => Assert.Equal("", answer));

    [Theory, MemberData(nameof(Transports))]
    public void Client_of_asynchronous_middleware_receives_end_of_file(string transport) =>
        AllEndInOrder(transport, "GET /async HTTP/1.1\r\nHost: web\r\n\r\n", 1, answer => Assert.Equal("", answer));

    [Theory, MemberData(nameof(Transports))]
    public void Client_that_ends_amid_headers_receives_end_of_file(string transport)
    {
        int refused = 0;
        AllEndInOrder(transport, "GET / HTTP/1.1\r\nHost: w", 0, answer =>
        {
            if (answer.Length == 0)
                return;
            Assert.StartsWith("HTTP/1.1 400 Bad Request\r\n", answer);
            refused++;
        });

        // On the loop the reader runs before ConnectionClosed is cancelled. On the pool they race, so Kestrel may close the connection
        // before it has answered.
        Assert.InRange(refused, transport == "unp" ? Tries : 0, Tries);
    }

    /// <summary>Kestrel aborts such a connection, so it may end by a reset over either transport.</summary>
    [Theory, MemberData(nameof(Transports))]
    public void Client_that_ends_amid_body_receives_no_answer(string transport) => Run(Server(transport), server =>
    {
        for (int i = 0; i < Tries; i++)
            Assert.Equal("", End(server, "POST /body HTTP/1.1\r\nHost: web\r\nContent-Length: 100\r\n\r\nhalf", 0) ?? "");
        return server.StopAsync();
    });

    [Theory, MemberData(nameof(Transports))]
    public void Abort_without_reason_ends_connection_without_reset(string transport) =>
        AbortEnds(transport, connection => connection.Abort(null!), isReset: false);

    [Theory, MemberData(nameof(Transports))]
    public void Abort_by_application_resets_connection(string transport) =>
        AbortEnds(transport, connection => connection.Abort(), isReset: true);

    [Theory, MemberData(nameof(Transports))]
    public void Abort_with_reason_resets_connection(string transport) =>
        AbortEnds(transport, connection => connection.Abort(new ConnectionAbortedException("enough")), isReset: true);

    /// <summary>Does not test the stock transport, because that reads the switch only once.</summary>
    [Fact]
    public void Abort_with_reason_sends_FIN_if_FinOnError_is_set()
    {
        const string Switch = "Microsoft.AspNetCore.Server.Kestrel.FinOnError";
        AppContext.SetSwitch(Switch, true);
        try
        {
            AbortEnds("unp", connection => connection.Abort(new ConnectionAbortedException("enough")), isReset: false);
        }
        finally
        {
            AppContext.SetSwitch(Switch, false);
        }
    }

    static void AbortEnds(string transport, Action<ConnectionContext> abort, bool isReset) => Run(
        new WebServer(
            listen: kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen => listen.Run(async connection =>
            {
                await connection.Transport.Output.WriteAsync("hello"u8.ToArray());
                ReadResult asked = await connection.Transport.Input.ReadAsync();
                connection.Transport.Input.AdvanceTo(asked.Buffer.End);
                abort(connection);
                Assert.NotNull(await Record.ExceptionAsync(async () => await connection.Transport.Input.ReadAsync()));
            })),
            transport: Over(transport),
            isStock: transport == "stock"),
        server =>
        {
            for (int i = 0; i < Tries; i++)
            {
                using Fd client = Connected(server);
                Assert.Equal(5, Readn(client, new byte[5]));
                Writen(client, "?"u8);
                Assert.Equal(isReset ? null : "", ReadToEndOrReset(client));
            }
            return Task.CompletedTask;
        });

    /// <summary>Sends a request, reads complete answers, sends FIN, and reads to the end, which must not be a reset.</summary>
    static void AllEndInOrder(string transport, string request, int answers, Action<string> check) => Run(Server(transport), server =>
    {
        int resets = 0;
        for (int i = 0; i < Tries; i++)
        {
            if (End(server, request, answers) is { } answer)
                check(answer);
            else
                resets++;
        }
        Assert.Equal(0, resets);
        return server.StopAsync();
    });

    /// <summary>Sends a request or half of it, reads complete answers, sends FIN, and reads to the end.</summary>
    /// <returns>The data after the answers; null if the connection was reset.</returns>
    static string? End(WebServer server, string request, int answers)
    {
        using Fd client = Connected(server);
        if (answers == 0 && request.Length > 0)
            AwaitReader(client);
        Writen(client, Encoding.ASCII.GetBytes(request));
        for (int read = 0; read < answers; read++)
            ReadAnswer(client);
        Shutdown(client, SHUT_WR);
        return ReadToEndOrReset(client);
    }

    /// <summary>
    /// Sends requests until the loop thread answers (for the stock transport: once), because Kestrel starts a connection on another thread.
    /// From then on, the loop receives nothing before Kestrel reads again.
    /// </summary>
    static void AwaitReader(Fd client)
    {
        string answer;
        do
        {
            Writen(client, "GET / HTTP/1.1\r\nHost: web\r\n\r\n"u8);
            answer = ReadAnswer(client);
        }
        while (answer.Contains("elsewhere", StringComparison.Ordinal));
    }

    static string? ReadToEndOrReset(Fd client)
    {
        try
        {
            return ReadToEnd(client);
        }
        catch (UnpException e) when (e.Errno == Errno.ECONNRESET)
        {
            return null;
        }
    }

    static void Run(WebServer server, Func<WebServer, Task> test) => Task.Run(async () =>
    {
        await using (server)
            await test(server);
    }).Within();

    static WebServer Server(string transport) => new(
        app =>
        {
            app.Use(async (context, next) =>
            {
                if (context.Request.Path == "/async")
                    await Task.Yield();
                await next(context);
            });
            app.MapGet("/", context =>
            {
                context.Response.Headers["Server"] = transport == "unp" && EventLoop.Current is null ? "elsewhere" : "here";
                return context.Response.WriteAsync("hello");
            });
            app.MapGet("/async", context => context.Response.WriteAsync("hello"));
            app.MapPost("/body", context => context.Request.Body.CopyToAsync(Stream.Null));
        },
        transport: Over(transport),
        isStock: transport == "stock");

    static new Action<UnpTransportOptions> Over(string transport) => options =>
        (options.LoopCount, options.RunContinuationsAsynchronously) = (1, transport == "unp on the pool");

    static string ReadAnswer(Fd client)
    {
        var answer = new StringBuilder();
        byte[] buffer = new byte[1000];
        while (!answer.ToString().EndsWith("hello\r\n0\r\n\r\n", StringComparison.Ordinal))
        {
            int n = Read(client, buffer);
            if (n == 0)
                throw new EndOfStreamException();
            answer.Append(Encoding.ASCII.GetString(buffer, 0, n));
        }
        return answer.ToString();
    }
}
