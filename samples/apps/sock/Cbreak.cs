using System.Runtime.InteropServices;

namespace Unp.Samples.sock;

/// <summary>
/// A terminal in cbreak mode: it delivers each character at once, and ^C still generates a signal (-C). The old mode is restored on
/// disposal and when a signal ends the program.
/// </summary>
sealed class Cbreak : IDisposable
{
    readonly Fd terminal;
    readonly termios before;
    readonly PosixSignalRegistration[] signals;

    public Cbreak(Fd terminal)
    {
        this.terminal = terminal;
        before = Tcgetattr(terminal);

        // The signal is not cancelled, so it has its default effect afterwards.
        signals = [.. new[] { PosixSignal.SIGINT, PosixSignal.SIGQUIT, PosixSignal.SIGTERM, PosixSignal.SIGHUP }
            .Select(signal => PosixSignalRegistration.Create(signal, _ => Restore()))];
        termios cbreak = before;
        cbreak.c_lflag &= ~(uint)(ECHO | ICANON);
        cbreak.c_cc[VMIN] = 1;
        cbreak.c_cc[VTIME] = 0;
        Tcsetattr(terminal, TCSAFLUSH, cbreak);
    }

    public void Dispose()
    {
        Restore();
        foreach (PosixSignalRegistration signal in signals)
            signal.Dispose();
    }

    void Restore() => Tcsetattr(terminal, TCSADRAIN, before);
}
