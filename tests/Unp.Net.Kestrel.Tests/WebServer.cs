using System.Collections.Concurrent;
using System.Net;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Unp.Net.Kestrel.Tests;

/// <summary>An application on Kestrel on the transport, at a port of 127.0.0.1 unless told otherwise; what it logs from warnings on is kept.</summary>
sealed class WebServer : IAsyncDisposable
{
    readonly WebApplication app;
    readonly LogKeeper log = new();

    public WebServer(
        Action<WebApplication>? routes = null, Action<KestrelServerOptions>? listen = null, Action<UnpTransportOptions>? transport = null, TimeSpan? shutdownTimeout = null)
    {
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseKestrelHttpsConfiguration().UseUnpTransport(transport);
        builder.WebHost.ConfigureKestrel(listen ?? (kestrel => kestrel.Listen(IPAddress.Loopback, 0)));
        builder.Services.AddRoutingCore();
        builder.Services.Configure<Microsoft.Extensions.Hosting.HostOptions>(host => host.ShutdownTimeout = shutdownTimeout ?? Limit.Default);
        builder.Logging.AddProvider(log).SetMinimumLevel(LogLevel.Warning);
        app = builder.Build();
        app.UseWebSockets();
        routes?.Invoke(app);
        try
        {
            app.StartAsync().Within();
        }
        catch
        {
            app.DisposeAsync().AsTask().Within();
            throw;
        }
    }

    /// <summary>http://127.0.0.1:12345, or what it is.</summary>
    public string Url => app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();

    public int Port => new Uri(Url).Port;

    public SockAddr Address => new(IPAddress.Loopback, Port);

    /// <summary>What was logged from warnings on.</summary>
    public IReadOnlyCollection<string> Logged => log.Lines;

    /// <summary>Refuses new clients, and lets requests end.</summary>
    public Task StopAsync() => app.StopAsync();

    public async ValueTask DisposeAsync() => await app.DisposeAsync();

    sealed class LogKeeper : ILoggerProvider, ILogger
    {
        public ConcurrentQueue<string> Lines { get; } = [];

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Warning;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (IsEnabled(logLevel))
                Lines.Enqueue($"{logLevel}: {formatter(state, exception)} {exception}");
        }

        public void Dispose()
        {
        }
    }
}
