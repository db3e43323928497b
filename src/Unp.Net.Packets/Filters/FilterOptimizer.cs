using static Unp.Net.Libc;

namespace Unp.Net.Packets;

/// <summary>Removes tests whose outcome is known or does not matter, and loads of what a register already has.</summary>
/// <remarks>
/// A load ends the program if the packet is too short, so it only goes if the same load has succeeded on every way to it, or if the packet
/// is refused anyway. Thus a filter accepts the same packets with and without this step, as with <c>tcpdump -O</c>.
/// </remarks>
static class FilterOptimizer
{
    /// <summary>The facts that are kept per block, the latest first, so that the work grows only with the number of blocks.</summary>
    const int MaxFacts = 32;

    /// <summary>The outcome of a test that every way to a block has passed.</summary>
    readonly record struct Fact(FilterLoad Load, ushort Jump, uint K, bool Outcome);

    /// <summary>The facts at the start of a block, whichever way leads to it.</summary>
    /// <param name="Accumulator">The load whose value the accumulator has, or null.</param>
    /// <param name="Index">The load of the index register alone, or null.</param>
    /// <param name="Facts">The outcomes that are known.</param>
    sealed record State(FilterLoad? Accumulator, sock_filter? Index, List<Fact> Facts);

    /// <summary>Returns the block at which the optimized program begins.</summary>
    internal static FilterBlock Optimize(FilterBlock entry, List<FilterBlock> blocks)
    {
        Visit(entry, blocks, static (_, _) => { });
        entry = SkipRefused(entry, blocks);
        Visit(entry, blocks, Shorten);
        return entry;
    }

    /// <summary>Visits the tests that are reached, each after those that lead to it, and leads their outcomes past known tests.</summary>
    static void Visit(FilterBlock entry, List<FilterBlock> blocks, Action<FilterBlock, State> act)
    {
        State?[] states = new State?[entry.Number + 1];
        states[entry.Number] = new(null, null, []);
        for (int i = entry.Number; i >= 0; i--)
        {
            FilterBlock block = blocks[i];
            if (block.Load is null || states[i] is not { } state)
                continue;
            act(block, state);
            block.WhenTrue = Follow(block, true, state, states);
            block.WhenFalse = Follow(block, false, state, states);
        }
    }

    /// <summary>Leaves out tests after which the packet is refused in any case, and returns the first block that is left.</summary>
    static FilterBlock SkipRefused(FilterBlock entry, List<FilterBlock> blocks)
    {
        foreach (FilterBlock block in blocks.Where(block => block.Load is not null)) // the continuations of a block come before it
        {
            block.WhenTrue = Needed(block.WhenTrue!);
            block.WhenFalse = Needed(block.WhenFalse!);
        }
        return Needed(entry);

        static FilterBlock Needed(FilterBlock block) =>
            block.Load is not null && block.WhenTrue == block.WhenFalse && block.WhenTrue is { Load: null, K: 0 } ? block.WhenTrue : block;
    }

    static void Shorten(FilterBlock block, State state)
    {
        FilterLoad load = block.Load!;
        if (!block.UsesX && state.Accumulator is { } loaded && load.StartsWith(loaded)
            && OnlyConstants(load.Instructions[loaded.Instructions.Length..]))
        {
            block.Code = load.Instructions[loaded.Instructions.Length..].ToArray();
        }
        else if (IndexLoad(load) is { } index && state.Index is { } same && FilterLoad.Same(index, same))
        {
            block.Code = load.Instructions[1..].ToArray();
        }
    }

    /// <summary>Returns whether instructions only calculate with the accumulator and constants.</summary>
    static bool OnlyConstants(ReadOnlySpan<sock_filter> code)
    {
        foreach (sock_filter one in code)
        {
            if ((one.code & 7) != BPF_ALU || (one.code & BPF_X) != 0)
                return false;
        }
        return true;
    }

    /// <summary>Returns the next block on a way, behind tests whose outcome is known, and adds the way to the states.</summary>
    static FilterBlock Follow(FilterBlock block, bool outcome, State state, State?[] states)
    {
        FilterLoad load = block.Load!;
        List<Fact> facts = [new(load, block.Jump, block.K, outcome), .. state.Facts.Take(MaxFacts - 1)];
        FilterBlock next = (outcome ? block.WhenTrue : block.WhenFalse)!;
        while (next.Load is not null && Decide(next, facts) is { } known)
            next = (known ? next.WhenTrue : next.WhenFalse)!;

        var after = new State(load, WritesIndex(block.Code) ? IndexLoad(load) : state.Index, facts);
        states[next.Number] = states[next.Number] is { } before ? Meet(before, after) : after;
        return next;
    }

    /// <summary>Returns the outcome of a test if facts imply it.</summary>
    static bool? Decide(FilterBlock block, List<Fact> facts)
    {
        foreach (Fact fact in facts)
        {
            if (!fact.Load.Equals(block.Load))
                continue;
            if (fact.Jump == block.Jump && fact.K == block.K)
                return fact.Outcome;
            if (fact is { Jump: BPF_JEQ, Outcome: true } && !block.UsesX)
                return Holds(fact.K, block.Jump, block.K);
        }
        return null;
    }

    static bool Holds(uint value, ushort jump, uint k) => jump switch
    {
        BPF_JEQ => value == k,
        BPF_JGT => value > k,
        BPF_JGE => value >= k,
        _ => (value & k) != 0,
    };

    static State Meet(State one, State other) => new(
        one.Accumulator is { } load && load.Equals(other.Accumulator) ? load : null,
        one.Index is { } index && other.Index is { } same && FilterLoad.Same(index, same) ? index : null,
        [.. one.Facts.Where(other.Facts.Contains)]);

    /// <summary>Returns the first instruction if it loads the index register, and no other does.</summary>
    static sock_filter? IndexLoad(FilterLoad load) =>
        load.Instructions[0].code == (BPF_LDX | BPF_B | BPF_MSH) && !WritesIndex(load.Instructions[1..]) ? load.Instructions[0] : null;

    static bool WritesIndex(ReadOnlySpan<sock_filter> code)
    {
        foreach (sock_filter one in code)
        {
            if ((one.code & 7) == BPF_LDX || one.code == (BPF_MISC | BPF_TAX))
                return true;
        }
        return false;
    }
}
