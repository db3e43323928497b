using System.Globalization;
using System.Text;

namespace Unp.Samples.web;

/// <summary>The head of a program's output (RFC 3875, section 6).</summary>
sealed class ScriptHead
{
    readonly List<(string Name, string Value)> fields = [];

    public int Status { get; private set; } = 200;

    public long? ContentLength { get; private set; }

    /// <summary>Gets all fields except those that the server sets itself.</summary>
    public IReadOnlyList<(string Name, string Value)> Fields => fields;

    /// <summary>Parses a head when it is complete.</summary>
    /// <param name="received">The received data.</param>
    /// <param name="head">The head, or null if it is malformed.</param>
    /// <param name="end">The position of the data after the head.</param>
    /// <returns>Whether the head is complete, that is, whether the empty line has arrived.</returns>
    public static bool TryParse(ReadOnlySpan<byte> received, out ScriptHead? head, out int end)
    {
        head = new ScriptHead();
        end = 0;
        bool isGood = true;
        while (received[end..].IndexOf((byte)'\n') is var newline and >= 0)
        {
            string line = Encoding.Latin1.GetString(received.Slice(end, newline)).TrimEnd('\r');
            end += newline + 1;
            if (line.Length == 0)
            {
                // At least one field is required: a document has a type, and a redirection has a location.
                if (!isGood || head.fields.Count == 0)
                    head = null;
                return true;
            }
            isGood &= head.TryAdd(line);
        }
        return false;
    }

    bool TryAdd(string line)
    {
        int colon = line.IndexOf(':', StringComparison.Ordinal);
        if (colon <= 0 || line.AsSpan(0, colon).ContainsAny(" \t\r") || line.Contains('\r', StringComparison.Ordinal))
            return false;
        string name = line[..colon];
        string value = line[(colon + 1)..].Trim(' ', '\t');
        switch (name.ToLowerInvariant())
        {
            case "status":
                bool isStatus = int.TryParse(value.Split(' ')[0], NumberStyles.None, CultureInfo.InvariantCulture, out int status)
                    && status is >= 200 and <= 599;
                Status = status;
                return isStatus;
            case "content-length":
                bool isLength = long.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out long length);
                ContentLength = length;
                return isLength;
            case "connection" or "transfer-encoding" or "date" or "server":
                return true; // the server sets these itself
            case "location" when Status == 200:
                Status = 302;
                break;
        }
        fields.Add((name, value));
        return true;
    }
}
