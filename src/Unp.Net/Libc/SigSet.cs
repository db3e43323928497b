using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Unp.Net.Abi;

namespace Unp.Net;

/// <summary>
/// A set of signals: C's <c>sigset_t</c>. Its size is 128 bytes, as in glibc, which is the largest. Systems with a smaller set read its
/// beginning, where each signal has the same bit on every system.
/// </summary>
public struct SigSet
{
    sigset_t set;

    /// <summary><c>sigemptyset(3)</c>: gets the empty set, which is also <c>default</c>.</summary>
    public static SigSet Empty => default;

    /// <summary><c>sigfillset(3)</c>: gets the set of all signals.</summary>
    public static SigSet Full
    {
        get
        {
            SigSet set = default;
            set.Words.Fill(ulong.MaxValue);
            return set;
        }
    }

    /// <summary>Creates a set of the given signals.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A signal is not 1 to 1024.</exception>
    public static SigSet Of(params ReadOnlySpan<int> signals)
    {
        SigSet set = default;
        foreach (int signal in signals)
            set.Add(signal);
        return set;
    }

    /// <summary><c>sigaddset(3)</c>: adds a signal.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="signo"/> is not 1 to 1024.</exception>
    public void Add(int signo) => Words[Index(signo) / 64] |= 1ul << Index(signo);

    /// <summary><c>sigdelset(3)</c>: removes a signal.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="signo"/> is not 1 to 1024.</exception>
    public void Remove(int signo) => Words[Index(signo) / 64] &= ~(1ul << Index(signo));

    /// <summary><c>sigismember(3)</c>: returns whether a signal is in the set.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="signo"/> is not 1 to 1024.</exception>
    public readonly bool Contains(int signo) => (Unsafe.AsRef(in this).Words[Index(signo) / 64] & (1ul << Index(signo))) != 0;

    /// <summary>
    /// Returns the signals 1 to 64: <c>"[SIGINT SIGTERM]"</c>; or if most of them are in the set, the missing ones: <c>"~[SIGKILL]"</c>.
    /// </summary>
    public override readonly string ToString()
    {
        SigSet all = this;
        ILookup<bool, int> signals = Enumerable.Range(1, 64).ToLookup(signo => all.Contains(signo));
        bool isMost = signals[true].Count() > signals[false].Count();
        return $"{(isMost ? "~" : "")}[{string.Join(' ', signals[!isMost].Select(ConstantNames.Signal))}]";
    }

    [UnscopedRef]
    Span<ulong> Words => MemoryMarshal.Cast<sigset_t, ulong>(new Span<sigset_t>(ref set));

    static int Index(int signo) =>
        signo is >= 1 and <= 1024 ? signo - 1
            : throw new ArgumentOutOfRangeException(nameof(signo), signo, "A signal must be 1 to 1024.");
}
