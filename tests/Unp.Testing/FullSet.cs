using Unp.Net;
using static Unp.Net.Libunp;

namespace Unp.Testing;

/// <summary>A process whose next descriptor does not fit into a set of <c>select</c>, until this is disposed: all that do are taken.</summary>
public sealed class FullSet : IDisposable
{
    readonly List<Fd> fillers = [];

    /// <summary>Takes them, or skips the test where this process cannot have so many.</summary>
    public FullSet()
    {
        DescriptorLimit.Require(FdSet.Capacity + 200);
        do
            fillers.Add(Dup(Fd.StandardInput));
        while (fillers[^1].DangerousGetHandle() < FdSet.Capacity);
    }

    /// <summary>The number that the next descriptor gets: the same again, if none was left open meanwhile.</summary>
    public static int Next
    {
        get
        {
            using Fd next = Dup(Fd.StandardInput);
            return (int)next.DangerousGetHandle();
        }
    }

    public void Dispose() => fillers.ForEach(filler => filler.Dispose());
}
