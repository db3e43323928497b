using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace Unp.Net.Kestrel;

/// <summary>Extension methods that register the Unp.Net transport with Kestrel.</summary>
public static class UnpTransportExtensions
{
    /// <summary>
    /// Makes Kestrel listen, receive and send over Unp.Net. End points that this transport does not support
    /// (<see cref="UnpTransportFactory.CanBind"/>) remain with the previously registered transport.
    /// </summary>
    /// <param name="builder">The builder of the web host.</param>
    /// <param name="configure">
    /// Sets the options; null keeps the defaults. <see cref="UnpTransportOptions"/> describes what handlers must not do.
    /// </param>
    /// <returns><paramref name="builder"/>.</returns>
    /// <example>
    /// <code>
    /// WebApplicationBuilder builder = WebApplication.CreateBuilder(args);
    /// builder.WebHost.UseUnpTransport(options => options.LoopCount = 4);
    /// </code>
    /// </example>
    public static IWebHostBuilder UseUnpTransport(this IWebHostBuilder builder, Action<UnpTransportOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.ConfigureServices(services =>
        {
            services.AddSingleton<UnpTransportFactory>();
            services.AddSingleton<IConnectionListenerFactory>(provider => provider.GetRequiredService<UnpTransportFactory>());
            services.AddSingleton<IConnectionFactory>(provider => provider.GetRequiredService<UnpTransportFactory>());
            if (configure is not null)
                services.Configure(configure);
        });
    }
}
