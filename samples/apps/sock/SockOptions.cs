using System.Globalization;

namespace Unp.Samples.sock;

/// <summary>
/// The options of <see cref="sock"/>, with the rules of getopt(3). Letters may be combined, and a value may follow its letter directly.
/// Options may follow operands unless POSIXLY_CORRECT is set.
/// </summary>
sealed class SockOptions
{
    const string Flags = "chikosuvABCDEFKNTVWYZ";
    const string WithValue = "bfjlnpqrtwxyHJLOPQRSUX";

    readonly Dictionary<char, string> given = [];

    SockOptions()
    {
    }

    /// <summary>Gets the operands: host and port.</summary>
    public string[] Arguments { get; private set; } = [];

    /// <summary>Gets whether a letter was given.</summary>
    public bool this[char letter] => given.ContainsKey(letter);

    public bool IsServer => this['s'];

    public bool IsUdp => this['u'];

    public bool IsVerbose => this['v'];

    /// <summary>Gets whether the socket is a UDP socket that receives from only one peer.</summary>
    public bool IsConnectedUdp => IsUdp && (IsServer ? this['f'] : !this['o']);

    /// <summary>Gets the local port of -b or -l, whichever is last. With 0 the kernel chooses the port.</summary>
    public int LocalPort { get; private set; }

    /// <summary>Gets the size of each read in bytes.</summary>
    public int ReadLength => Number('r', 1024, 1);

    /// <summary>Gets the size of each write of a source in bytes.</summary>
    public int WriteLength => Number('w', 1024);

    /// <summary>Parses the command line, and ends the program if it is invalid.</summary>
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

    /// <summary>Returns the number that follows a letter, or the default.</summary>
    public int Number(char letter, int otherwise = 0, int min = 0)
    {
        if (!given.TryGetValue(letter, out string? text))
            return otherwise;
        if (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number) || number < min)
            err_quit($"-{letter} {text}: the value must be a number of at least {min}");
        return number;
    }

    /// <summary>Returns the text that follows a letter.</summary>
    public string? Text(char letter) => given.GetValueOrDefault(letter);

    /// <summary>Parses the address <c>a.b.c.d.p</c> that follows a letter. The port is after the last dot.</summary>
    public SockAddr Address(char letter)
    {
        string text = given[letter];
        int dot = text.LastIndexOf('.');
        if (!ushort.TryParse(text.AsSpan(dot + 1), NumberStyles.None, CultureInfo.InvariantCulture, out ushort port) || dot < 0)
            err_quit($"-{letter} {text}: the value must be an address and a port, a.b.c.d.p");
        return SockAddr.Inet(text[..dot], port);
    }

    /// <summary>Sleeps for the milliseconds that follow a letter.</summary>
    public void Pause(char letter)
    {
        if (Number(letter) is > 0 and int milliseconds)
            Thread.Sleep(milliseconds);
    }

    /// <summary>Pauses before close (-Q).</summary>
    public void PauseBeforeClose()
    {
        if (Number('Q') > 0)
            Report("pausing before close");
        Pause('Q');
    }

    /// <summary>Prints a line on standard error if -v was given.</summary>
    public void Report(string line)
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
