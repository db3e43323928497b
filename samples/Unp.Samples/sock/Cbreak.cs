namespace Unp.Samples.sock;

/// <summary>A terminal that gives each character at once, and makes signals of ^C as before (-C); disposing makes it what it was.</summary>
sealed class Cbreak : IDisposable
{
    readonly Fd terminal;
    readonly termios before;

    public Cbreak(Fd terminal)
    {
        this.terminal = terminal;
        before = Tcgetattr(terminal);
        termios cbreak = before;
        cbreak.c_lflag &= ~(uint)(ECHO | ICANON);
        cbreak.c_cc[VMIN] = 1;
        cbreak.c_cc[VTIME] = 0;
        Tcsetattr(terminal, TCSAFLUSH, cbreak);
    }

    public void Dispose() => Tcsetattr(terminal, TCSADRAIN, before);
}
