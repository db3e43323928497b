using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Unp.Net.Kestrel;

namespace Unp.Net.Multiplexing;

/// <summary>
/// Kestrel over one of three transports, without logging, configuration and other optional parts. "unp" and "sockets" are the Unp.Net
/// transport and the socket transport with their defaults. "inline" is the socket transport on one thread, as documented for
/// UnsafePreferInlineScheduling.
/// </summary>
sealed class KestrelServer : IThreadedServer
{
    internal static readonly byte[] Answer = "Hello, World!"u8.ToArray();

    readonly WebApplication app;
    int count;
    long requests;

    /// <param name="name">The server: kestrel-unp, http-sockets and so on.</param>
    /// <param name="isHttp">Whether it answers HTTP requests rather than echoing.</param>
    internal KestrelServer(string name, bool isHttp)
    {
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore();
        switch (name.Split('-')[1])
        {
            case "unp":
                builder.WebHost.UseUnpTransport();
                break;
            case "inline":
                // The runtime reads this variable when the first socket waits.
                Environment.SetEnvironmentVariable("DOTNET_SYSTEM_NET_SOCKETS_INLINE_COMPLETIONS", "1");
                builder.WebHost.UseSockets(sockets => sockets.UnsafePreferInlineScheduling = true);
                break;
        }
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen =>
        {
            listen.Use(next => connection => CountAsync(next, connection));
            listen.Protocols = HttpProtocols.Http1;
            if (!isHttp)
                listen.UseConnectionHandler<EchoHandler>();
        }));
        app = builder.Build();
        app.Run(AnswerAsync);
    }

    public int Port => new Uri(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First()).Port;

    public int Count => Volatile.Read(ref count);

    public long Requests => Volatile.Read(ref requests);

    public void Start() => app.StartAsync().GetAwaiter().GetResult();

    public void Dispose() => app.DisposeAsync().AsTask().GetAwaiter().GetResult();

    async Task CountAsync(ConnectionDelegate next, ConnectionContext connection)
    {
        Interlocked.Increment(ref count);
        try
        {
            await next(connection);
        }
        finally
        {
            Interlocked.Decrement(ref count);
        }
    }

    async Task AnswerAsync(HttpContext context)
    {
        HttpResponse response = context.Response;
        response.ContentType = "text/plain";
        response.ContentLength = Answer.Length;
        await response.BodyWriter.WriteAsync(Answer);
        Interlocked.Increment(ref requests);
    }

    sealed class EchoHandler : ConnectionHandler
    {
        public override async Task OnConnectedAsync(ConnectionContext connection)
        {
            try
            {
                await PipeEcho.RunAsync(connection.Transport);
            }
            catch (ConnectionResetException)
            {
                // The load generator resets its connections.
            }
        }
    }
}
