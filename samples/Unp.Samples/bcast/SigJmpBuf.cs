namespace Unp.Samples.bcast;

/// <summary>
/// A stand-in for <c>sigsetjmp(3)</c> and <c>siglongjmp(3)</c>. No .NET handler can move the interrupted thread to another place. So this
/// one interrupts the thread's system calls until the thread itself has reached <see cref="Sigsetjmp"/>.
/// </summary>
/// <remarks>SIGUSR1 interrupts the calls, so a signal that comes late is not taken for another alarm.</remarks>
sealed class SigJmpBuf
{
    const int ResendDelay = 5; // milliseconds

    readonly int thread = OperatingSystem.IsLinux() ? gettid() : 0;
    readonly object gate = new();
    bool isJumping;

    public SigJmpBuf() => _ = Signal_intr(SIGUSR1, static _ => { });

    /// <summary>Returns 0, or 1 if the handler has jumped here since the last call.</summary>
    public int Sigsetjmp()
    {
        lock (gate)
        {
            bool hasJumped = isJumping;
            isJumping = false;
            Monitor.PulseAll(gate);
            return hasJumped ? 1 : 0;
        }
    }

    /// <summary>Called by the handler: makes the thread leave its current call, and returns when it has jumped.</summary>
    public void Siglongjmp()
    {
        lock (gate)
        {
            isJumping = true;
            while (isJumping)
            {
                Alarm.SendTo(thread, SIGUSR1);
                Monitor.Wait(gate, ResendDelay);
            }
        }
    }
}
