using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace Unp.Net.Kestrel;

/// <summary>The way to Kestrel.</summary>
public static class UnpTransportExtensions
{
    /// <summary>
    /// Has Kestrel listen, receive and send by Unp.Net: <c>builder.WebHost.UseUnpTransport();</c>. End points that the transport does not know
    /// (<see cref="UnpTransportFactory.CanBind"/>) stay with the one that was there before.
    /// </summary>
    /// <param name="builder">The web host's.</param>
    /// <param name="configure">Sets options; null for the defaults. See <see cref="UnpTransportOptions"/> for what handlers must not do.</param>
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
