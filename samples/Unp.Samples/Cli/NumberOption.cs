using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;

namespace Unp.Samples;

/// <summary>An option whose value is a whole number within limits. The parser rejects other values before the program starts.</summary>
static class NumberOption
{
    /// <param name="name">The name of the option.</param>
    /// <param name="unit">The name of the value in the help.</param>
    /// <param name="description">The description in the help.</param>
    /// <param name="min">The smallest value.</param>
    /// <param name="max">The largest value.</param>
    /// <param name="range">The error text for a value outside the limits.</param>
    public static Option<int?> Create(string name, string unit, string description, int min, int max, string range) => new(name)
    {
        Description = description,
        HelpName = unit,
        CustomParser = argument => Parse(argument, name, min, max, range),
    };

    static int? Parse(ArgumentResult argument, string name, int min, int max, string range)
    {
        string text = argument.Tokens[0].Value;
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number >= min && number <= max)
            return number;
        argument.AddError($"{name} {text}: {range}");
        return null;
    }
}
