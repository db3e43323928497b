using System.Globalization;
using System.Text.RegularExpressions;

namespace Unp.Net.AbiTests;

/// <summary>An objection of a compiler or another witness to one constant or field.</summary>
sealed record Objection(string Subject, string Message)
{
    public override string ToString() => $"{Subject}: {Message}";
}

/// <summary>A source file of assertions, one per line, with the subject of each line.</summary>
sealed class Probe
{
    readonly List<string> lines = [];
    readonly Dictionary<int, string> subjects = [];

    public string Source => string.Join('\n', lines) + "\n";

    public void Add(params IEnumerable<string> source) => lines.AddRange(source);

    public void Assert(string subject, string line)
    {
        lines.Add(line);
        subjects[lines.Count] = subject;
    }

    /// <summary>Returns the compiler's errors, each with the subject of its line.</summary>
    /// <param name="status">The compiler's exit status.</param>
    /// <param name="output">The compiler's output.</param>
    /// <param name="error">A pattern for an error line, with the groups "line" and "text".</param>
    public IReadOnlyList<Objection> Objections(int status, string output, Regex error)
    {
        var objections = error.Matches(output)
            .Select(m => (Line: int.Parse(m.Groups["line"].Value, CultureInfo.InvariantCulture), Text: m.Groups["text"].Value))
            .Select(e => new Objection(subjects.GetValueOrDefault(e.Line, $"line {e.Line}"), e.Text))
            .ToList();
        if (status != 0 && objections.Count == 0)
            objections.Add(new("compiler", $"exit status {status}: {output}"));
        return objections;
    }
}
