using static Unp.Net.Libc;

namespace Unp.Net.Packets;

/// <summary>Turns blocks into instructions.</summary>
static class FilterAssembler
{
    /// <summary>Returns the program of a block. The last instruction is made first, so every distance is known when it is needed.</summary>
    internal static sock_filter[] Assemble(FilterBlock entry)
    {
        List<sock_filter> reversed = [];
        Dictionary<FilterBlock, int> ends = []; // the number of instructions from the start of a block to the end of the program
        foreach (FilterBlock block in Reachable(entry))
        {
            if (block.Load is null)
            {
                reversed.Add(FilterCode.Of(BPF_RET | BPF_K, block.K));
            }
            else
            {
                AddJump(reversed, block, ends[block.WhenTrue!], ends[block.WhenFalse!]);
                for (int i = block.Code.Length - 1; i >= 0; i--)
                    reversed.Add(block.Code[i]);
            }
            ends.Add(block, reversed.Count);
        }
        reversed.Reverse();
        return [.. reversed];
    }

    /// <summary>Adds a conditional jump, and jumps behind it to targets that are too far for its 8 bits.</summary>
    static void AddJump(List<sock_filter> reversed, FilterBlock block, int whenTrue, int whenFalse)
    {
        bool isFalseFar = reversed.Count - whenFalse > byte.MaxValue - 1; // 1 for the other jump that may follow
        if (isFalseFar)
        {
            reversed.Add(FilterCode.Of(BPF_JMP | BPF_JA, (uint)(reversed.Count - whenFalse)));
            whenFalse = reversed.Count;
        }
        if (reversed.Count - whenTrue > byte.MaxValue)
        {
            reversed.Add(FilterCode.Of(BPF_JMP | BPF_JA, (uint)(reversed.Count - whenTrue)));
            whenTrue = reversed.Count;
        }
        sock_filter jump = FilterCode.Of(BPF_JMP | block.Jump, block.K);
        jump.jt = (byte)(reversed.Count - whenTrue);
        jump.jf = (byte)(reversed.Count - whenFalse);
        reversed.Add(jump);
    }

    /// <summary>Returns the blocks that the program reaches, each after its continuations.</summary>
    static IEnumerable<FilterBlock> Reachable(FilterBlock entry)
    {
        HashSet<FilterBlock> seen = [entry];
        Stack<FilterBlock> open = new([entry]);
        while (open.TryPop(out FilterBlock? block))
        {
            if (block.WhenTrue is { } yes && seen.Add(yes))
                open.Push(yes);
            if (block.WhenFalse is { } no && seen.Add(no))
                open.Push(no);
        }
        return seen.OrderBy(block => block.Number);
    }
}
