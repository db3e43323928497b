namespace Unp.Net.Packets;

/// <summary>Compiles a filter in three steps: a tree of conditions, blocks that share tests, and instructions.</summary>
static class FilterCompiler
{
    internal static sock_filter[] Compile(string filter, LinkType linkType, FilterOptions options)
    {
        FilterCondition condition = new FilterParser(filter, linkType, options).Read();
        var graph = new FilterGraph((uint)options.SnapLength);
        FilterBlock entry = graph.Build(condition);
        sock_filter[] program = FilterAssembler.Assemble(FilterOptimizer.Optimize(entry, graph.Blocks));
        return program.Length <= BpfVerifier.MaxLength ? program : throw new FilterException(
            filter, filter.Length, "", $"the program has {program.Length} instructions, more than {BpfVerifier.MaxLength}");
    }
}
