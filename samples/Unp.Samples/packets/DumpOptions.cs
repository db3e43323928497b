namespace Unp.Samples.packets;

/// <summary>The arguments of <see cref="dump"/>, which are those of tcpdump(8).</summary>
sealed record DumpOptions
{
    public const string AllInterfaces = "any";

    public const string Arguments =
        "[-enpqtx] [-tt] [-c count] [-i interface | any] [-r file] [-s snaplen] [-w file] [expression]";

    const int DefaultSnapLength = 262144;

    public string Interface { get; private set; } = AllInterfaces;

    public string? InputFile { get; private set; }

    public string? OutputFile { get; private set; }

    /// <summary>Gets the number of packets after which the program ends; -1: no limit.</summary>
    public long Count { get; private set; } = -1;

    public int SnapLength { get; private set; } = DefaultSnapLength;

    public string Filter { get; private set; } = "";

    public bool IsPromiscuous { get; private set; } = true;

    public bool ShowsLink { get; private set; }

    public bool ShowsBytes { get; private set; }

    /// <summary>Gets whether lines are short (-q).</summary>
    public bool IsQuiet { get; private set; }

    /// <summary>Gets how times are printed: 0 as time of day, 1 not at all, 2 as seconds since 1970.</summary>
    public int TimeForm { get; private set; }

    public static DumpOptions Parse(string[] args, ProgramOptions program)
    {
        var options = new DumpOptions();
        var rest = new Queue<string>(args);
        while (rest.TryPeek(out string? arg) && arg is ['-', _, ..])
        {
            rest.Dequeue();
            if (arg == "--")
                break;
            for (int i = 1; i < arg.Length; i++)
            {
                if (options.TrySet(arg[i]))
                    continue;

                // The value is the rest of the argument, or the next one.
                string? value = i + 1 < arg.Length ? arg[(i + 1)..] : rest.TryDequeue(out string? next) ? next : null;
                if (value is null || !options.TrySet(arg[i], value))
                    program.Usage(Arguments);
                break;
            }
        }
        options.Filter = string.Join(' ', rest);
        return options;
    }

    bool TrySet(char letter)
    {
        switch (letter)
        {
            case 'e':
                ShowsLink = true;
                break;
            case 'n': // names are never looked up
                break;
            case 'p':
                IsPromiscuous = false;
                break;
            case 'q':
                IsQuiet = true;
                break;
            case 't':
                TimeForm++;
                break;
            case 'x':
                ShowsBytes = true;
                break;
            default:
                return false;
        }
        return true;
    }

    bool TrySet(char letter, string value)
    {
        switch (letter)
        {
            case 'c':
                Count = ProgramOptions.Number(value);
                return Count > 0;
            case 'i':
                Interface = value;
                return true;
            case 'r':
                InputFile = value;
                return true;
            case 's':
                int length = ProgramOptions.Number(value);
                SnapLength = length == 0 ? DefaultSnapLength : length;
                return true;
            case 'w':
                OutputFile = value;
                return true;
            default:
                return false;
        }
    }
}
