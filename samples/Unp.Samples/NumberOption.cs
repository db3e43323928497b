using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;

namespace Unp.Samples;

/// <summary>An option whose value is a whole number within limits. Any other value is refused before the program starts.</summary>
static class NumberOption
{
    /// <param name="name">The option.</param>
    /// <param name="unit">The name of the value in the help.</param>
    /// <param name="description">The text in the help.</param>
    /// <param name="least">The smallest value.</param>
    /// <param name="most">The largest value.</param>
    /// <param name="range">What the message says about a value outside the limits.</param>
    public static Option<int?> Create(string name, string unit, string description, int least, int most, string range) => new(name)
    {
        Description = description,
        HelpName = unit,
        CustomParser = argument => Parse(argument, name, least, most, range),
    };

    static int? Parse(ArgumentResult argument, string name, int least, int most, string range)
    {
        string text = argument.Tokens[0].Value;
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number >= least && number <= most)
            return number;
        argument.AddError($"{name} {text}: {range}");
        return null;
    }
}
