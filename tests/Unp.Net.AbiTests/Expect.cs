using Xunit;

namespace Unp.Net.AbiTests;

static class Expect
{
    /// <summary>Fails with all objections, one per line.</summary>
    public static void None(IReadOnlyList<Objection> objections, string witness) =>
        Assert.True(objections.Count == 0, $"{witness} disagrees:\n{string.Join('\n', objections)}");

    /// <summary>Fails with the names if there are any.</summary>
    /// <param name="names">The names, none of which is expected.</param>
    /// <param name="areWhat">The failure, as the end of a sentence that begins with "these".</param>
    public static void Empty(IEnumerable<string> names, string areWhat)
    {
        string list = string.Join(' ', names.Order(StringComparer.Ordinal));
        Assert.True(list.Length == 0, $"{list}: these {areWhat}.");
    }
}
