using Unp.Net;
using static Unp.Net.Libunp;

namespace Unp.Testing;

/// <summary>Takes all descriptors below FD_SETSIZE until disposed, so the next one does not fit into a set of <c>select</c>.</summary>
public sealed class FullSet : IDisposable
{
    readonly List<Fd> fillers = [];

    /// <summary>Takes the descriptors, or skips the test if this process cannot have so many.</summary>
    public FullSet()
    {
        DescriptorLimit.Require(FdSet.Capacity + 200);
        do
            fillers.Add(Dup(Fd.StandardInput));
        while (fillers[^1].DangerousGetHandle() < FdSet.Capacity);
    }

    /// <summary>Gets the number of the next descriptor. It stays the same unless a descriptor was left open meanwhile.</summary>
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
