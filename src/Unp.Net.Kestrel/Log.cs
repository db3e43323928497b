using System.Net;
using Microsoft.Extensions.Logging;

namespace Unp.Net.Kestrel;

/// <summary>The log events of the transport. Events below 100 have the numbers and texts of Kestrel's socket transport.</summary>
static partial class Log
{
    [LoggerMessage(4, LogLevel.Debug, "Connection id \"{ConnectionId}\" paused.")]
    public static partial void ConnectionPause(ILogger logger, string connectionId);

    [LoggerMessage(5, LogLevel.Debug, "Connection id \"{ConnectionId}\" resumed.")]
    public static partial void ConnectionResume(ILogger logger, string connectionId);

    [LoggerMessage(6, LogLevel.Debug, "Connection id \"{ConnectionId}\" received FIN.")]
    public static partial void ConnectionReadFin(ILogger logger, string connectionId);

    [LoggerMessage(7, LogLevel.Debug, "Connection id \"{ConnectionId}\" sending FIN because: \"{Reason}\"")]
    public static partial void ConnectionWriteFin(ILogger logger, string connectionId, string reason);

    [LoggerMessage(8, LogLevel.Debug, "Connection id \"{ConnectionId}\" sending RST because: \"{Reason}\"")]
    public static partial void ConnectionWriteRst(ILogger logger, string connectionId, string reason);

    [LoggerMessage(14, LogLevel.Debug, "Connection id \"{ConnectionId}\" communication error.")]
    public static partial void ConnectionError(ILogger logger, string connectionId, Exception exception);

    [LoggerMessage(19, LogLevel.Debug, "Connection id \"{ConnectionId}\" reset.")]
    public static partial void ConnectionReset(ILogger logger, string connectionId);

    [LoggerMessage(101, LogLevel.Warning,
        "{Loop} has not responded for {Seconds:F1} s because a handler is blocking its thread. "
        + "Make the handler asynchronous, or set RunContinuationsAsynchronously.")]
    public static partial void Stalled(ILogger logger, string loop, double seconds);

    [LoggerMessage(102, LogLevel.Error, "Unexpected exception on {Loop}.")]
    public static partial void LoopFailed(ILogger logger, string loop, Exception exception);

    [LoggerMessage(103, LogLevel.Error, "Connection id \"{ConnectionId}\": a callback of ConnectionClosed has thrown an exception.")]
    public static partial void CallbackFailed(ILogger logger, string connectionId, Exception exception);

    [LoggerMessage(104, LogLevel.Warning, "A client at {EndPoint} cannot be served.")]
    public static partial void Refused(ILogger logger, EndPoint endPoint, Exception reason);
}
