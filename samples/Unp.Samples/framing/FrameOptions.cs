using System.CommandLine;
using System.CommandLine.Parsing;
using Unp.Net.Pipelines;

namespace Unp.Samples.framing;

/// <summary>How frames stand in the stream: what a client and its server have to agree on.</summary>
static class FrameOptions
{
    static readonly string[] Kinds = ["line", "crlf", "fixed", "length1", "length2", "length4", "length8", "length2le", "length4le", "length8le", "varint"];

    public static readonly Option<string> Kind = new("--framing")
    {
        Description = $"{string.Join(", ", Kinds)}: what ends a frame, or stands before it; of length the bytes, and le for the lowest first.",
        HelpName = "kind",
        DefaultValueFactory = _ => "line",
        Validators = { Known },
    };

    public static readonly Option<int> Limit = new("--limit")
    {
        Description = "The bytes of the longest frame; with fixed, of every frame.",
        HelpName = "bytes",
        DefaultValueFactory = _ => 100,
    };

    public static Framing Of(Options options)
    {
        string kind = options.Value(Kind)!;
        int limit = options.Value(Limit);
        try
        {
            return kind switch
            {
                "line" => Framing.Delimiter("\n"u8, limit),
                "crlf" => Framing.Delimiter("\r\n"u8, limit),
                "fixed" => Framing.FixedLength(limit),
                "varint" => Framing.VarintPrefix(limit),
                _ => Framing.LengthPrefix(kind["length".Length] - '0', limit, littleEndian: kind.EndsWith("le", StringComparison.Ordinal)),
            };
        }
        catch (ArgumentOutOfRangeException)
        {
            err_quit($"--framing {kind} --limit {limit}: such frames have no such limit");
            throw;
        }
    }

    /// <summary>The bytes of the shortest frame.</summary>
    public static int Least(Options options) => options.Value(Kind) == "fixed" ? options.Value(Limit) : 0;

    static void Known(OptionResult chosen)
    {
        string kind = chosen.GetValueOrDefault<string>();
        if (!Kinds.Contains(kind))
            chosen.AddError($"--framing {kind}: a framing is {string.Join(", ", Kinds)}");
    }
}
