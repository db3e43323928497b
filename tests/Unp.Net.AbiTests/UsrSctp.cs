using System.Text.RegularExpressions;

namespace Unp.Net.AbiTests;

/// <summary>A probe that checks FreeBSD's SCTP with a C compiler and the header of usrsctp, a library made from the same source.</summary>
sealed partial class UsrSctp : IWitness
{
    const string Header = "/usr/include/usrsctp.h";

    public string Name => "usrsctp";

    public string? Missing => WhatIsMissing;

    public static string? WhatIsMissing =>
        !File.Exists(Header) ? "package libusrsctp-dev" : !Tool.IsInstalled("gcc") ? "package gcc" : null;

    public IReadOnlyList<Objection> Check(AbiTable table)
    {
        var known = Definition().Matches(File.ReadAllText(Header)).Select(m => m.Groups["name"].Value).ToHashSet();
        var source = new CSource(["#include <stddef.h>", $"#include <{Path.GetFileName(Header)}>"]);
        foreach (var value in table.Constants.Where(c => known.Contains(c.Name)))
            source.Assert(value);
        foreach (var layout in table.Layouts.Where(l => known.Contains(l.Name)))
            source.Assert(layout);
        return source.Compile("gcc");
    }

    [GeneratedRegex(
        @"^(#define (?<name>(SCTP|SPP)_\w+)[ \t]|struct (?<name>sctp_\w+) \{|typedef \w+ (?<name>sctp_\w+);)", RegexOptions.Multiline)]
    private static partial Regex Definition();
}
