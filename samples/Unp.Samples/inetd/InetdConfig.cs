using System.Globalization;
using System.Text;

namespace Unp.Samples.inetd;

/// <summary>Reads <c>inetd.conf</c>. A line that makes no sense is told of, and the others count.</summary>
static class InetdConfig
{
    static readonly string[] Protocols = ["tcp", "tcp4", "tcp6", "udp", "udp4", "udp6"];

    /// <summary>Reads the lines of a file.</summary>
    /// <param name="file">Its path.</param>
    /// <param name="complain">Gets what is wrong with a line, with file and number.</param>
    public static List<InetdEntry> Read(string file, Action<string> complain)
    {
        List<InetdEntry> entries = [];
        foreach (var (number, line) in LogicalLines(File.ReadAllLines(file)))
        {
            try
            {
                InetdEntry entry = Parse($"{file}:{number}", line);
                if (entries.Find(other => other.Key == entry.Key) is { } other)
                    throw new FormatException($"{entry.Key} is there already, at {other.Where}");
                entries.Add(entry);
            }
            catch (FormatException wrong)
            {
                complain($"{file}:{number}: {wrong.Message}");
            }
        }
        return entries;
    }

    /// <summary>A line that begins with a blank goes on with the one before. A comment has # first.</summary>
    static IEnumerable<(int Number, string Line)> LogicalLines(string[] lines)
    {
        (int Number, string Line) current = default;
        for (int i = 0; i < lines.Length; i++)
        {
            if (lines[i].Length > 0 && lines[i][0] is ' ' or '\t' && current.Line is not null)
            {
                current.Line += lines[i];
                continue;
            }
            if (current.Line is not null)
                yield return current;
            current = string.IsNullOrWhiteSpace(lines[i]) || lines[i][0] == '#' ? default : (i + 1, lines[i]);
        }
        if (current.Line is not null)
            yield return current;
    }

    static InetdEntry Parse(string where, string line)
    {
        if (line.Contains('\0', StringComparison.Ordinal))
            throw new FormatException("a NUL");
        string[] words = [.. Words(line)];
        if (words.Length < 6)
            throw new FormatException($"{words.Length} words where at least 6 are: service, socket type, protocol, wait or nowait, user, program");
        var (host, service) = SplitHost(words[0]);
        string protocol = words[2];
        if (!Protocols.Contains(protocol))
            throw new FormatException($"{protocol} is none of {string.Join(", ", Protocols)}");
        bool isTcp = protocol.StartsWith("tcp", StringComparison.Ordinal);
        if (words[1] is not ("stream" or "dgram"))
            throw new FormatException($"{words[1]} is neither stream nor dgram");
        if (isTcp != (words[1] == "stream"))
            throw new FormatException($"{protocol} is no {words[1]} protocol");
        var (isWait, max) = ParseWait(words[3]);
        bool isInternal = words[5] == "internal";
        if (!isTcp && !isWait && !isInternal)
            throw new FormatException("a dgram service of a program must wait: there is one socket for all of its clients");
        if (isTcp && isWait && isInternal)
            throw new FormatException("a stream service of inetd's own is nowait");
        if (isInternal && !InternalService.Names.Contains(words.Length > 6 ? words[6] : service))
            throw new FormatException($"internal is one of {string.Join(", ", InternalService.Names)}, not {(words.Length > 6 ? words[6] : service)}");
        if (!isInternal && !words[5].StartsWith('/'))
            throw new FormatException($"{words[5]} is neither an absolute path nor internal");
        var (user, group) = SplitUser(words[4]);
        if (!isInternal && Account.Refusal(user, group) is { } refusal)
            throw new FormatException(refusal);
        return new InetdEntry
        {
            Where = where,
            Host = host,
            Service = service,
            Protocol = protocol,
            IsWait = isWait,
            MaxPerMinute = max,
            User = user,
            Group = group,
            IsOwnAccount = Account.IsOwn(user, group),
            Program = isInternal ? null : words[5],
            Arguments = words.Length > 6 ? words[6..] : [isInternal ? service : words[5]],
        };
    }

    /// <summary>Words are what is between blanks, or in quotes.</summary>
    static IEnumerable<string> Words(string line)
    {
        var word = new StringBuilder();
        bool hasBegun = false;
        char quote = '\0';
        foreach (char c in line)
        {
            if (quote != '\0' ? c == quote : c is '"' or '\'')
                (quote, hasBegun) = (quote == '\0' ? c : '\0', true);
            else if (quote != '\0' || !char.IsWhiteSpace(c))
                (word, hasBegun) = (word.Append(c), true);
            else if (hasBegun)
            {
                yield return word.ToString();
                word.Clear();
                hasBegun = false;
            }
        }
        if (quote != '\0')
            throw new FormatException($"a {quote} without its other one");
        if (hasBegun)
            yield return word.ToString();
    }

    /// <summary><c>echo</c>, <c>127.0.0.1:echo</c>, <c>[::1]:7</c>, <c>*:7</c>.</summary>
    static (string? Host, string Service) SplitHost(string text)
    {
        int colon = text.LastIndexOf(':');
        if (colon < 0)
            return (null, text);
        string host = text[..colon];
        string service = text[(colon + 1)..];
        if (host.StartsWith('[') && host.EndsWith(']'))
            host = host[1..^1];
        else if (host.Contains(':', StringComparison.Ordinal))
            throw new FormatException($"{text}: an IPv6 address stands in brackets before its service");
        if (host.Length == 0 || service.Length == 0)
            throw new FormatException($"{text} is not address:service");
        return (host == "*" ? null : host, service);
    }

    static (bool IsWait, int? Max) ParseWait(string text)
    {
        string[] parts = text.Split('.', 2);
        if (parts[0] is not ("wait" or "nowait"))
            throw new FormatException($"{text} is neither wait nor nowait");
        if (parts.Length == 1)
            return (parts[0] == "wait", null);
        if (!int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out int max))
            throw new FormatException($"{text}: after the point comes how often it may be started in a minute");
        return (parts[0] == "wait", max);
    }

    /// <summary><c>user</c>, <c>user:group</c>, <c>user.group</c>.</summary>
    static (string User, string? Group) SplitUser(string text)
    {
        int separator = text.Contains(':', StringComparison.Ordinal) ? text.IndexOf(':', StringComparison.Ordinal) : text.LastIndexOf('.');
        return separator < 0 ? (text, null) : (text[..separator], text[(separator + 1)..]);
    }
}
