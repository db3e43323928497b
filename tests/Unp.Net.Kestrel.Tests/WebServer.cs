using System.Collections.Concurrent;
using System.Net;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Unp.Net.Kestrel.Tests;

/// <summary>
/// A Kestrel application over the transport, or over Kestrel's socket transport as a control group. It listens at a port of 127.0.0.1 by
/// default, and keeps its log.
/// </summary>
sealed class WebServer : IAsyncDisposable
{
    readonly WebApplication app;
    readonly LogKeeper log;

    public WebServer(
        Action<WebApplication>? routes = null, Action<KestrelServerOptions>? listen = null, Action<UnpTransportOptions>? transport = null,
        TimeSpan? shutdownTimeout = null, bool isStock = false, LogLevel level = LogLevel.Warning)
    {
        log = new LogKeeper(level);
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseKestrelHttpsConfiguration();
        if (!isStock)
            builder.WebHost.UseUnpTransport(transport);
        builder.WebHost.ConfigureKestrel(listen ?? (kestrel => kestrel.Listen(IPAddress.Loopback, 0)));
        builder.Services.AddRoutingCore();
        builder.Services.Configure<Microsoft.Extensions.Hosting.HostOptions>(
            host => host.ShutdownTimeout = shutdownTimeout ?? Limit.Default);
        builder.Logging.AddProvider(log).SetMinimumLevel(level);
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

    /// <summary>The first address of the server, such as http://127.0.0.1:12345.</summary>
    public string Url => app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();

    public int Port => new Uri(Url).Port;

    public SockAddr Address => new(IPAddress.Loopback, Port);

    /// <summary>The warnings and errors of the log.</summary>
    public IReadOnlyCollection<string> Logged =>
        [.. log.Entries.Where(entry => entry.Level >= LogLevel.Warning).Select(entry => entry.ToString())];

    /// <summary>All entries of the log.</summary>
    public IReadOnlyCollection<LogEntry> Log => log.Entries;

    /// <summary>Refuses new clients and completes pending requests.</summary>
    public Task StopAsync() => app.StopAsync();

    public async ValueTask DisposeAsync() => await app.DisposeAsync();

    sealed class LogKeeper(LogLevel minLevel) : ILoggerProvider
    {
        public ConcurrentQueue<LogEntry> Entries { get; } = [];

        public ILogger CreateLogger(string categoryName) => new Category(this, categoryName);

        public void Dispose()
        {
        }

        sealed class Category(LogKeeper keeper, string name) : ILogger
        {
            public IDisposable? BeginScope<TState>(TState state)
                where TState : notnull => null;

            public bool IsEnabled(LogLevel logLevel) => logLevel >= keeper.MinLevel;

            public void Log<TState>(
                LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
            {
                if (IsEnabled(logLevel))
                    keeper.Entries.Enqueue(new LogEntry(name, logLevel, eventId, formatter(state, exception), exception));
            }
        }

        LogLevel MinLevel => minLevel;
    }
}

/// <summary>An entry of a server's log.</summary>
sealed record LogEntry(string Category, LogLevel Level, EventId Event, string Message, Exception? Exception)
{
    public override string ToString() => $"{Level}: {Message} {Exception}";
}
