namespace Unp.Net.Pipelines;

/// <summary>Receives the events of a <see cref="LoopConnection"/>, for a log. Its methods must neither block nor throw.</summary>
/// <remarks>
/// The events of receiving come from connections that read ahead (<see cref="LoopConnectionOptions.MaxReadBufferSize"/>). All methods run
/// on the loop's thread, except <see cref="OnReceivingResumed"/>, which runs on the thread that makes space. An exception goes to
/// <see cref="EventLoopOptions.OnException"/>.
/// </remarks>
public interface ILoopConnectionObserver
{
    /// <summary>
    /// Notes that receiving pauses, because the reader leaves <see cref="LoopConnectionOptions.MaxReadBufferSize"/> bytes unread.
    /// </summary>
    void OnReceivingPaused();

    /// <summary>Notes that a paused connection receives again.</summary>
    void OnReceivingResumed();

    /// <summary>Notes that the peer has ended its data in order (FIN).</summary>
    void OnEndReceived();

    /// <summary>Notes that all output and its end (FIN) are sent.</summary>
    void OnEndSent();

    /// <summary>
    /// Notes that a receive or a send has failed. Failures after a local abort or close are not reported, because they are consequences of
    /// it.
    /// </summary>
    /// <param name="failure">A <see cref="UnpException"/>: ECONNRESET, EPIPE, ETIMEDOUT.</param>
    void OnFailed(Exception failure);
}
