using System.Runtime.InteropServices;

namespace Unp.Samples.sock;

/// <summary>
/// A terminal that gives each character at once, and makes signals of ^C as before (-C); disposing makes it what it was, and so does a signal that ends the program.
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

        // Not cancelled: then the signal does what it does without a handler.
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
