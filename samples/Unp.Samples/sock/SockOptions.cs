using System.Globalization;

namespace Unp.Samples.sock;

/// <summary>
/// The options of <see cref="sock"/>, letters as of <c>getopt(3)</c>: they may stand together, a value may stand behind its letter, and
/// options may stand behind operands, unless POSIXLY_CORRECT is set.
/// </summary>
sealed class SockOptions
{
    const string Flags = "chikosuvABCDEFKNTVWYZ";
    const string WithValue = "bfjlnpqrtwxyHJLOPQRSUX";

    readonly Dictionary<char, string> given = [];

    SockOptions()
    {
    }

    /// <summary>The operands: host and port.</summary>
    public string[] Arguments { get; private set; } = [];

    /// <summary>Whether a letter was given.</summary>
    public bool this[char letter] => given.ContainsKey(letter);

    public bool IsServer => this['s'];

    public bool IsUdp => this['u'];

    public bool IsVerbose => this['v'];

    /// <summary>A UDP socket that receives from one peer only.</summary>
    public bool IsConnectedUdp => IsUdp && (IsServer ? this['f'] : !this['o']);

    /// <summary>The local port that -b or -l names, whichever comes last; 0 for one of the kernel's choice.</summary>
    public int LocalPort { get; private set; }

    /// <summary>Bytes of each read.</summary>
    public int ReadLength => Number('r', 1024, 1);

    /// <summary>Bytes of each write of a source.</summary>
    public int WriteLength => Number('w', 1024);

    /// <summary>Reads the command line; ends the program when it makes no sense.</summary>
    public static SockOptions Parse(string[] args)
    {
        var options = new SockOptions();
        bool isPosix = Environment.GetEnvironmentVariable("POSIXLY_CORRECT") is not null;
        var operands = new List<string>();
        int next = 0;
        while (next < args.Length)
        {
            string arg = args[next++];
            if (arg == "--")
            {
                operands.AddRange(args[next..]);
                break;
            }
            if (arg.Length > 1 && arg[0] == '-')
                options.ReadLetters(arg, args, ref next);
            else
                operands.Add(arg);
            if (isPosix && operands.Count > 0)
            {
                operands.AddRange(args[next..]);
                break;
            }
        }
        options.Arguments = [.. operands];
        options.Check();
        return options;
    }

    /// <summary>The number behind a letter, or what stands for it.</summary>
    public int Number(char letter, int otherwise = 0, int least = 0)
    {
        if (!given.TryGetValue(letter, out string? text))
            return otherwise;
        if (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number) || number < least)
            err_quit($"-{letter} {text}: a number from {least} up is wanted");
        return number;
    }

    /// <summary>The text behind a letter.</summary>
    public string? Text(char letter) => given.GetValueOrDefault(letter);

    /// <summary>The address <c>a.b.c.d.p</c> behind a letter: the port is what stands behind the last dot.</summary>
    public SockAddr Address(char letter)
    {
        string text = given[letter];
        int dot = text.LastIndexOf('.');
        if (!ushort.TryParse(text.AsSpan(dot + 1), NumberStyles.None, CultureInfo.InvariantCulture, out ushort port) || dot < 0)
            err_quit($"-{letter} {text}: an address and a port are wanted, a.b.c.d.p");
        return SockAddr.Inet(text[..dot], port);
    }

    /// <summary>Sleeps for the milliseconds behind a letter.</summary>
    public void Pause(char letter)
    {
        if (Number(letter) is > 0 and int milliseconds)
            Thread.Sleep(milliseconds);
    }

    /// <summary>The pause before close (-Q).</summary>
    public void PauseBeforeClose()
    {
        if (Number('Q') > 0)
            Tell("pausing before close");
        Pause('Q');
    }

    /// <summary>Prints a line on standard error, with -v only.</summary>
    public void Tell(string line)
    {
        if (IsVerbose)
            err_msg(line);
    }

    void ReadLetters(string arg, string[] args, ref int next)
    {
        for (int at = 1; at < arg.Length; at++)
        {
            char letter = arg[at];
            if (Flags.Contains(letter, StringComparison.Ordinal))
            {
                given[letter] = "";
                continue;
            }
            if (!WithValue.Contains(letter, StringComparison.Ordinal))
                sock.Usage($"unrecognized option: -{letter}");
            string value = arg[(at + 1)..];
            if (value.Length == 0 && next == args.Length)
                sock.Usage($"option requires an argument: -{letter}");
            given[letter] = value.Length > 0 ? value : args[next++];
            if (letter == 'b')
                LocalPort = Number('b');
            else if (letter == 'l')
                LocalPort = Address('l').Port;
            break;
        }
    }

    void Check()
    {
        foreach (char letter in "hDLN")
        {
            if (IsUdp && this[letter])
                sock.Usage($"can't specify -{letter} and -u");
        }
        if (this['f'] && !IsUdp)
            sock.Usage("can't specify -f with TCP");
        foreach (char letter in WithValue.Where(letter => this[letter] && letter is not ('f' or 'j' or 'l')))
            Number(letter);
        if (this['f'])
            Address('f');
        if (IsServer && Arguments.Length is not (1 or 2))
            sock.Usage("missing <port>");
        if (!IsServer && Arguments.Length != 2)
            sock.Usage("missing <hostname> and/or <port>");
    }
}
