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
    /// Called when receiving pauses, because the reader leaves <see cref="LoopConnectionOptions.MaxReadBufferSize"/> bytes unread.
    /// </summary>
    void OnReceivingPaused();

    /// <summary>Called when a paused connection receives again.</summary>
    void OnReceivingResumed();

    /// <summary>Called when the peer has ended its data with FIN.</summary>
    void OnEndReceived();

    /// <summary>Called when all output and its end (FIN) are sent.</summary>
    void OnEndSent();

    /// <summary>
    /// Called when a receive or a send has failed. Failures after a local abort or close are not reported, because they are consequences of
    /// it.
    /// </summary>
    /// <param name="failure">A <see cref="UnpException"/>: ECONNRESET, EPIPE, ETIMEDOUT.</param>
    void OnFailed(Exception failure);
}
