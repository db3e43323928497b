using System.Globalization;
using System.Text;

namespace Unp.Samples.inetd;

/// <summary>The reader of <c>inetd.conf</c>. An invalid line is reported and skipped.</summary>
static class InetdConfig
{
    static readonly string[] Protocols = ["tcp", "tcp4", "tcp6", "udp", "udp4", "udp6"];

    /// <summary>Reads the entries of a file.</summary>
    /// <param name="file">The path.</param>
    /// <param name="complain">Receives each error, with file and line number.</param>
    public static List<InetdEntry> Read(string file, Action<string> complain)
    {
        List<InetdEntry> entries = [];
        foreach (var (number, line) in LogicalLines(File.ReadAllLines(file)))
        {
            try
            {
                InetdEntry entry = Parse($"{file}:{number}", line);
                if (entries.Find(other => other.Key == entry.Key) is { } other)
                    throw new FormatException($"{entry.Key} is already defined at {other.Where}");
                entries.Add(entry);
            }
            catch (FormatException wrong)
            {
                complain($"{file}:{number}: {wrong.Message}");
            }
        }
        return entries;
    }

    /// <summary>Joins each line that begins with a blank with the line before it, and drops comments, which begin with #.</summary>
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
            throw new FormatException("the line must not contain a NUL");
        string[] words = [.. Words(line)];
        if (words.Length < 6)
            throw new FormatException(
                $"{words.Length} words, but at least 6 are needed: service, socket type, protocol, wait or nowait, user, program");
        var (host, service) = SplitHost(words[0]);
        string protocol = words[2];
        if (!Protocols.Contains(protocol))
            throw new FormatException($"the protocol {protocol} must be one of {string.Join(", ", Protocols)}");
        bool isTcp = protocol.StartsWith("tcp", StringComparison.Ordinal);
        if (words[1] is not ("stream" or "dgram"))
            throw new FormatException($"the socket type {words[1]} must be stream or dgram");
        if (isTcp != (words[1] == "stream"))
            throw new FormatException($"the protocol {protocol} does not match the socket type {words[1]}");
        var (isWait, max) = ParseWait(words[3]);
        bool isInternal = words[5] == "internal";
        if (!isTcp && !isWait && !isInternal)
            throw new FormatException("a dgram service with a program must be wait, because all of its clients share one socket");
        if (isTcp && isWait && isInternal)
            throw new FormatException("an internal stream service must be nowait");
        string name = words.Length > 6 ? words[6] : service;
        if (isInternal && !InternalService.Names.Contains(name))
            throw new FormatException($"the internal service {name} must be one of {string.Join(", ", InternalService.Names)}");
        if (!isInternal && !words[5].StartsWith('/'))
            throw new FormatException($"the program {words[5]} must be an absolute path or internal");
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

    /// <summary>Splits a line into words, which are separated by blanks and may be quoted.</summary>
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
            throw new FormatException($"the closing {quote} is missing");
        if (hasBegun)
            yield return word.ToString();
    }

    /// <summary>Splits <c>echo</c>, <c>127.0.0.1:echo</c>, <c>[::1]:7</c> or <c>*:7</c>.</summary>
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
            throw new FormatException($"{text}: an IPv6 address must be in brackets");
        if (host.Length == 0 || service.Length == 0)
            throw new FormatException($"{text} must have the form address:service");
        return (host == "*" ? null : host, service);
    }

    static (bool IsWait, int? Max) ParseWait(string text)
    {
        string[] parts = text.Split('.', 2);
        if (parts[0] is not ("wait" or "nowait"))
            throw new FormatException($"{text} must be wait or nowait");
        if (parts.Length == 1)
            return (parts[0] == "wait", null);
        if (!int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out int max))
            throw new FormatException($"{text}: the limit of starts per minute after the point must be a number");
        return (parts[0] == "wait", max);
    }

    /// <summary>Splits <c>user</c>, <c>user:group</c> or <c>user.group</c>.</summary>
    static (string User, string? Group) SplitUser(string text)
    {
        int colon = text.IndexOf(':', StringComparison.Ordinal);
        int separator = colon >= 0 ? colon : text.LastIndexOf('.');
        return separator < 0 ? (text, null) : (text[..separator], text[(separator + 1)..]);
    }
}
