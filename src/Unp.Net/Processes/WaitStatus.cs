using System.Runtime.InteropServices;
using Unp.Net.Abi;

namespace Unp.Net;

/// <summary>The status of a child: how it ended, was stopped or was continued (UNP 5.10), or <see cref="Unknown"/>.</summary>
/// <remarks>The properties are C's WIFEXITED and its relatives (waitpid(2)).</remarks>
/// <param name="value">The status word of <see cref="Libc.waitpid"/>.</param>
public readonly struct WaitStatus(int value) : IEquatable<WaitStatus>
{
    const int StoppedMark = 0x7F;

    // The kernel's status words have 16 bits, so no status of a child is negative.
    const int UnknownMark = -1;

    // A process that goes on: all ones on Linux, on the BSDs a stop by their SIGCONT.
    static int ContinuedMark => Target.IsLinux ? 0xFFFF : Target.IsMacOS ? 0x137F : 0x13;

    /// <summary>The status of a child that has ended, and whose status other code has taken or the kernel has dropped.</summary>
    /// <remarks>
    /// <see cref="SpawnedProcess.Wait()"/> returns it. Neither <see cref="Exited"/> nor <see cref="Signaled"/> is true, and
    /// <see cref="ExitStatus"/> throws, as
    /// <c>Process.ExitCode</c> does for a process whose status is not available.
    /// </remarks>
    public static WaitStatus Unknown => new(UnknownMark);

    /// <summary>Whether the child has ended in an unknown way: this is <see cref="Unknown"/>.</summary>
    public bool IsUnknown => value == UnknownMark;

    /// <summary>The number itself.</summary>
    public int Value => value;

    /// <summary>Whether it has ended by itself: C's WIFEXITED.</summary>
    public bool Exited => !IsUnknown && !Continued && Low == 0;

    /// <summary>Its exit status, 0 to 255: C's WEXITSTATUS.</summary>
    /// <exception cref="InvalidOperationException">It has not <see cref="Exited"/>.</exception>
    public int ExitStatus => Exited ? High : throw IsNo("exit status");

    /// <summary>Whether a signal has ended it: C's WIFSIGNALED.</summary>
    public bool Signaled => !IsUnknown && !Continued && Low is not 0 and not StoppedMark;

    /// <summary>The signal that has ended it: C's WTERMSIG.</summary>
    /// <exception cref="InvalidOperationException">It was not <see cref="Signaled"/>.</exception>
    public int TermSignal => Signaled ? Low : throw IsNo("signal that ended it");

    /// <summary>Whether it left a core file: C's WCOREDUMP.</summary>
    public bool CoreDumped => Signaled && (value & 0x80) != 0;

    /// <summary>Whether it is stopped (asked for by WUNTRACED): C's WIFSTOPPED.</summary>
    public bool Stopped => !IsUnknown && !Continued && Low == StoppedMark;

    /// <summary>The signal that has stopped it: C's WSTOPSIG.</summary>
    /// <exception cref="InvalidOperationException">It is not <see cref="Stopped"/>.</exception>
    public int StopSignal => Stopped ? High : throw IsNo("signal that stopped it");

    /// <summary>Whether it goes on after a stop (asked for by WCONTINUED): C's WIFCONTINUED.</summary>
    public bool Continued => value == ContinuedMark;

    /// <summary>
    /// The value of a shell's <c>$?</c>: the exit status, or 128 and the signal that ended or stopped it; 0 if it was continued; 127 if it
    /// is
    /// <see cref="Unknown"/>, as after the shell's <c>wait</c> for a process that is not its child.
    /// </summary>
    public int ShellStatus => IsUnknown ? 127 : Exited ? High : Signaled ? 128 + Low : Stopped ? 128 + High : 0;

    int Low => value & 0x7F;

    int High => (value >> 8) & 0xFF;

    /// <summary>
    /// The words of a shell: "exit status 1", "Terminated", "Segmentation fault (core dumped)", "Stopped (signal)", "Continued"; or "status
    /// unknown".
    /// </summary>
    public override string ToString() =>
        IsUnknown ? "status unknown"
        : Exited ? $"exit status {High}"
        : Continued ? "Continued"
        : $"{SignalText(Stopped ? High : Low)}{(CoreDumped ? " (core dumped)" : "")}";

    /// <summary>Whether both say the same.</summary>
    public bool Equals(WaitStatus other) => value == other.Value;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is WaitStatus other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => value;

    /// <summary>Whether both say the same.</summary>
    public static bool operator ==(WaitStatus left, WaitStatus right) => left.Equals(right);

    /// <summary>Whether they differ.</summary>
    public static bool operator !=(WaitStatus left, WaitStatus right) => !left.Equals(right);

    static unsafe string SignalText(int signo) => Marshal.PtrToStringUTF8((nint)Libc.strsignal(signo)) ?? $"signal {signo}";

    InvalidOperationException IsNo(string what) => new($"There is no {what}: {this}.");
}
