using Framed = Unp.Net.Pipelines.Framing;

namespace Unp.Net.Pipelines.Tests.Framing;

/// <summary>All framings of the library by name.</summary>
static class FramingKinds
{
    static readonly Dictionary<string, Func<int, Framed>> All = new()
    {
        ["fixed"] = Framed.FixedLength,
        ["\\n"] = limit => Framed.Delimiter("\n"u8, limit),
        ["\\r\\n"] = limit => Framed.Delimiter("\r\n"u8, limit),
        ["aab"] = limit => Framed.Delimiter("aab"u8, limit),
        ["1"] = limit => Framed.LengthPrefix(1, limit),
        ["2"] = limit => Framed.LengthPrefix(2, limit),
        ["2, little"] = limit => Framed.LengthPrefix(2, limit, littleEndian: true),
        ["4"] = limit => Framed.LengthPrefix(4, limit),
        ["4, little"] = limit => Framed.LengthPrefix(4, limit, littleEndian: true),
        ["8"] = limit => Framed.LengthPrefix(8, limit),
        ["8, little"] = limit => Framed.LengthPrefix(8, limit, littleEndian: true),
        ["varint"] = Framed.VarintPrefix,
    };

    public static IEnumerable<string> Names => All.Keys;

    public static Framed Of(string name, int limit) => All[name](limit);
}
