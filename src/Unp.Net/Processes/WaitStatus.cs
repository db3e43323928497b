using System.Runtime.InteropServices;
using Unp.Net.Abi;

namespace Unp.Net;

/// <summary>The status of a child that has ended, was stopped or was continued (UNP 5.10), or <see cref="Unknown"/>.</summary>
/// <remarks>The properties are C's macros WIFEXITED, WEXITSTATUS and so on (<c>waitpid(2)</c>).</remarks>
/// <param name="value">The status word of <see cref="Libc.waitpid"/>.</param>
public readonly struct WaitStatus(int value) : IEquatable<WaitStatus>
{
    const int StoppedMark = 0x7F;

    // The kernel's status words have 16 bits, so no status of a child is negative.
    const int UnknownMark = -1;

    // The status of a continued process: all ones on Linux, the status of a stop by SIGCONT (19) on macOS, and the number 19 on FreeBSD.
    static int ContinuedMark => Target.IsLinux ? 0xFFFF : Target.IsMacOS ? 0x137F : 0x13;

    /// <summary>Gets the status of a child that has ended, but whose status other code has collected or the kernel has dropped.</summary>
    /// <remarks>
    /// <see cref="SpawnedProcess.Wait()"/> returns it. Neither <see cref="Exited"/> nor <see cref="Signaled"/> is true.
    /// <see cref="ExitStatus"/> throws, as <c>Process.ExitCode</c> does if the exit code is not available.
    /// </remarks>
    public static WaitStatus Unknown => new(UnknownMark);

    /// <summary>Gets whether the status is <see cref="Unknown"/>: the child has ended, but it is not known how.</summary>
    public bool IsUnknown => value == UnknownMark;

    /// <summary>Gets the status word.</summary>
    public int Value => value;

    /// <summary>Gets whether the child exited: C's WIFEXITED.</summary>
    public bool Exited => !IsUnknown && !Continued && Low == 0;

    /// <summary>Gets the exit status, 0 to 255: C's WEXITSTATUS.</summary>
    /// <exception cref="InvalidOperationException">The child has not <see cref="Exited"/>.</exception>
    public int ExitStatus => Exited ? High : throw NotAvailable("exit status");

    /// <summary>Gets whether a signal terminated the child: C's WIFSIGNALED.</summary>
    public bool Signaled => !IsUnknown && !Continued && Low is not 0 and not StoppedMark;

    /// <summary>Gets the signal that terminated the child: C's WTERMSIG.</summary>
    /// <exception cref="InvalidOperationException">The child was not <see cref="Signaled"/>.</exception>
    public int TermSignal => Signaled ? Low : throw NotAvailable("terminating signal");

    /// <summary>Gets whether the child left a core file: C's WCOREDUMP.</summary>
    public bool CoreDumped => Signaled && (value & 0x80) != 0;

    /// <summary>Gets whether the child is stopped (reported with WUNTRACED): C's WIFSTOPPED.</summary>
    public bool Stopped => !IsUnknown && !Continued && Low == StoppedMark;

    /// <summary>Gets the signal that stopped the child: C's WSTOPSIG.</summary>
    /// <exception cref="InvalidOperationException">The child is not <see cref="Stopped"/>.</exception>
    public int StopSignal => Stopped ? High : throw NotAvailable("stop signal");

    /// <summary>Gets whether the child was continued after a stop (reported with WCONTINUED): C's WIFCONTINUED.</summary>
    public bool Continued => value == ContinuedMark;

    /// <summary>
    /// Gets the value of a shell's <c>$?</c>: the exit status, or 128 plus the signal that terminated or stopped the child. It is 0 if the
    /// child was continued. If the status is <see cref="Unknown"/>, it is 127, as after the shell's <c>wait</c> for a process that is not
    /// its child.
    /// </summary>
    public int ShellStatus => IsUnknown ? 127 : Exited ? High : Signaled ? 128 + Low : Stopped ? 128 + High : 0;

    int Low => value & 0x7F;

    int High => (value >> 8) & 0xFF;

    /// <summary>
    /// Returns the words of a shell: "exit status 1", "Terminated", "Segmentation fault (core dumped)", "Stopped (signal)", "Continued"; or
    /// "status unknown".
    /// </summary>
    public override string ToString() =>
        IsUnknown ? "status unknown"
        : Exited ? $"exit status {High}"
        : Continued ? "Continued"
        : $"{SignalText(Stopped ? High : Low)}{(CoreDumped ? " (core dumped)" : "")}";

    /// <summary>Returns whether both have the same status word.</summary>
    public bool Equals(WaitStatus other) => value == other.Value;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is WaitStatus other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => value;

    /// <summary>Returns whether both have the same status word.</summary>
    public static bool operator ==(WaitStatus left, WaitStatus right) => left.Equals(right);

    /// <summary>Returns whether the status words differ.</summary>
    public static bool operator !=(WaitStatus left, WaitStatus right) => !left.Equals(right);

    static unsafe string SignalText(int signo) => Marshal.PtrToStringUTF8((nint)Libc.strsignal(signo)) ?? $"signal {signo}";

    InvalidOperationException NotAvailable(string name) => new($"There is no {name}: {this}.");
}
