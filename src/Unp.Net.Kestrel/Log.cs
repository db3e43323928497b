using System.Net;
using Microsoft.Extensions.Logging;

namespace Unp.Net.Kestrel;

/// <summary>What the transport tells the log.</summary>
static partial class Log
{
    [LoggerMessage(1, LogLevel.Warning,
        "{Loop} is stalled since {Seconds:F1} s, and its connections with it: a handler blocks its thread. Handlers must not, or RunContinuationsAsynchronously has to be chosen.")]
    public static partial void Stalled(ILogger logger, string loop, double seconds);

    [LoggerMessage(2, LogLevel.Error, "Unexpected exception on {Loop}.")]
    public static partial void LoopFailed(ILogger logger, string loop, Exception exception);

    [LoggerMessage(3, LogLevel.Error, "Connection id \"{ConnectionId}\": a callback of ConnectionClosed has thrown.")]
    public static partial void CallbackFailed(ILogger logger, string connectionId, Exception exception);

    [LoggerMessage(4, LogLevel.Warning, "A client at {EndPoint} cannot be served.")]
    public static partial void Refused(ILogger logger, EndPoint endPoint, Exception reason);
}
