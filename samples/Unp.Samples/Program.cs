using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using System.CommandLine.Parsing;
using System.Globalization;

namespace Unp.Samples;

/// <summary>The outside of every program: finds the one that is asked for, reads the options, and makes an exit status of what it throws.</summary>
static class Program
{
    static readonly Option<int?> Port = new("--port")
    {
        Description = "The port, in place of the book's. With 0 the kernel chooses a server's, which the server tells on standard error.",
        CustomParser = ParsePort,
        Recursive = true,
    };

    static readonly Option<string?> Bind = new("--bind")
    {
        Description = "A server's address, IPv4 or IPv6, in place of the wildcard.",
        HelpName = "address",
        Recursive = true,
    };

    static int Main(string[] args)
    {
        UnpProgram.OpenStandardDescriptors();
        MessageWriter.ReplaceConsole();
        args = UnpProgram.NativeArguments(args);
        var root = new RootCommand("""
            The programs of UNIX Network Programming, volume 1.
            'unp list' shows them; 'unp tcpserv01', 'unp tcpcliserv/tcpcli01 127.0.0.1' run two of them.
            """) { Port, Bind };
        var list = new Command("list", "Shows the programs by chapter.");
        list.SetAction(_ => Catalog.Print(Console.Out));
        root.Add(list);
        var demo = new Command("demo", "Runs daytime and echo servers and clients as processes, and prints what goes over the wire.");
        demo.SetAction(_ => UnpProgram.Run(Demo.Run));
        root.Add(demo);

        // Of the programs only the one that is asked for becomes a command: 'unp --help' is not the place to list them all.
        BookProgram[] asked = [.. args.Select(Catalog.Named).FirstOrDefault(programs => programs.Any()) ?? []];
        if (asked.Length > 1)
            return Refuse($"{asked[0].Name} is in several chapters: {string.Join(", ", asked.Select(program => program.Path))}");
        if (asked is [var program])
        {
            root.Add(CommandFor(program));
            int name = Array.FindIndex(args, arg => arg == program.Path || arg == program.Name);
            if (program.ReadsOptions && args.ElementAtOrDefault(name + 1) is not (null or "--" or "--help"))
                args = [.. args[..(name + 1)], "--", .. args[(name + 1)..]];
        }

        // What a program calls -h is not the help.
        HelpOption help = root.Options.OfType<HelpOption>().Single();
        if (asked is [{ Own: var own }] && own.Any(option => option.Name == "-h"))
            help.Aliases.Remove("-h");

        ParseResult parsed = root.Parse(args, new ParserConfiguration { ResponseFileTokenReplacer = null });
        if (parsed.CommandResult.Command == root && parsed.UnmatchedTokens is [var unknown, ..])
            return Refuse($"unp has no program '{unknown}'; 'unp list' shows all");
        if (parsed.Action is ParseErrorAction error)
            (error.ShowHelp, error.ShowTypoCorrections) = (args.Length == 0, false);
        return parsed.Invoke();
    }

    static Command CommandFor(BookProgram program)
    {
        // How many arguments there must be is the program's own business, as in C.
        var arguments = new Argument<string[]>(program.Usage.StartsWith('<') ? program.Usage.Trim('<', '>', '.') : "arguments")
        {
            Arity = ArgumentArity.ZeroOrMore,
            Hidden = program.Usage.Length == 0,
        };
        var command = new Command(program.Path, $"{program.Synopsis}: {program.Purpose}, {program.Place}") { arguments };
        command.Aliases.Add(program.Name);
        foreach (Option own in program.Own)
            command.Add(own);
        command.SetAction(parsed => UnpProgram.Run(() => Run(program, parsed.GetValue(arguments)!, parsed)));
        return command;
    }

    static void Run(BookProgram program, string[] args, ParseResult parsed)
    {
        using var options = new Options(parsed.GetValue(Port), parsed.GetValue(Bind), parsed);
        try
        {
            program.Main(args, options);
        }
        catch (Exception refused) when (refused is FormatException or PlatformNotSupportedException or ArgumentException { ParamName: "UNP_POLLER" or "path" })
        {
            // Without .NET's "(Parameter 'path')".
            string name = $" (Parameter '{(refused as ArgumentException)?.ParamName}')";
            err_quit(refused.Message.EndsWith(name, StringComparison.Ordinal) ? refused.Message[..^name.Length] : refused.Message);
        }
    }

    static int Refuse(string reason)
    {
        err_msg(reason);
        return 1;
    }

    static int? ParsePort(ArgumentResult argument)
    {
        string text = argument.Tokens[0].Value;
        if (ushort.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out ushort port))
            return port;
        argument.AddError($"--port {text}: a port is 0 to 65535");
        return null;
    }
}
