using System.CommandLine;
using System.CommandLine.Parsing;
using Unp.Net.Pipelines;

namespace Unp.Samples.framing;

/// <summary>The options for the format of frames, on which a client and its server must agree.</summary>
static class FrameOptions
{
    static readonly string[] Kinds =
    [
        "line", "crlf", "fixed", "length1", "length2", "length4", "length8", "length2le", "length4le", "length8le", "varint",
    ];

    public static readonly Option<string> Kind = new("--framing")
    {
        Description = $"The format of frames: {string.Join(", ", Kinds)}. "
            + "The number is the size of the length field in bytes, and le means little-endian.",
        HelpName = "kind",
        DefaultValueFactory = _ => "line",
        Validators = { Known },
    };

    public static readonly Option<int> Limit = new("--limit")
    {
        Description = "The size of the longest frame. With fixed, the size of every frame.",
        HelpName = "bytes",
        DefaultValueFactory = _ => 100,
    };

    public static Framing Of(ProgramOptions options)
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
            err_quit($"--framing {kind} --limit {limit}: the limit is out of range for this framing");
            throw;
        }
    }

    /// <summary>Returns the size of the shortest frame.</summary>
    public static int MinSize(ProgramOptions options) => options.Value(Kind) == "fixed" ? options.Value(Limit) : 0;

    static void Known(OptionResult chosen)
    {
        string kind = chosen.GetValueOrDefault<string>();
        if (!Kinds.Contains(kind))
            chosen.AddError($"--framing {kind}: the framing must be one of {string.Join(", ", Kinds)}");
    }
}
