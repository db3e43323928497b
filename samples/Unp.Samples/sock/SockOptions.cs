using System.Globalization;

namespace Unp.Samples.sock;

/// <summary>The options of <see cref="sock"/>, letters as of <c>getopt(3)</c>: they may stand together, and a value may stand behind its letter.</summary>
sealed class SockOptions
{
    const string Flags = "chikosuvABCDEFKNTVWYZ";
    const string WithValue = "bfjlnpqrtwxyHJLOPQRSUX";

    readonly Dictionary<char, string> given = [];

    SockOptions(string[] arguments) => Arguments = arguments;

    /// <summary>What stands behind the options: host and port.</summary>
    public string[] Arguments { get; private set; }

    /// <summary>Whether a letter was given.</summary>
    public bool this[char letter] => given.ContainsKey(letter);

    public bool IsServer => this['s'];

    public bool IsUdp => this['u'];

    public bool IsVerbose => this['v'];

    /// <summary>Bytes of each read.</summary>
    public int ReadLength => Number('r', 1024, 1);

    /// <summary>Bytes of each write of a source.</summary>
    public int WriteLength => Number('w', 1024, 1);

    /// <summary>Reads the command line; ends the program when it makes no sense.</summary>
    public static SockOptions Parse(string[] args)
    {
        var options = new SockOptions([]);
        int next = 0;
        for (; next < args.Length && args[next].Length > 1 && args[next][0] == '-'; next++)
        {
            if (args[next] == "--")
            {
                next++;
                break;
            }
            for (int at = 1; at < args[next].Length; at++)
            {
                char letter = args[next][at];
                if (Flags.Contains(letter, StringComparison.Ordinal))
                {
                    options.given[letter] = "";
                    continue;
                }
                if (!WithValue.Contains(letter, StringComparison.Ordinal))
                    sock.Usage($"unrecognized option: -{letter}");
                string value = args[next][(at + 1)..];
                if (value.Length == 0 && ++next == args.Length)
                    sock.Usage($"option requires an argument: -{letter}");
                options.given[letter] = value.Length > 0 ? value : args[next];
                break;
            }
        }
        options.Arguments = args[next..];
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

    void Check()
    {
        if (this['o'] && (!IsUdp || IsServer))
            err_quit("can't specify -o with TCP, or for a server");
        if (this['f'] && !(IsUdp && IsServer))
            err_quit("-f is for a UDP server");
        if (this['h'] && IsUdp)
            err_quit("can't specify -h with -u: UDP has no half-close");
        if (this['F'] && (IsUdp || !IsServer))
            err_quit("-F is for a TCP server");
        if (this['b'] && this['l'])
            err_quit("-b and -l both name the client's port");
        foreach (char letter in WithValue.Where(letter => this[letter] && letter is not ('f' or 'j' or 'l')))
            Number(letter);
    }
}
