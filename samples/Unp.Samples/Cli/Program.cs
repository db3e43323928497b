using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using System.CommandLine.Parsing;
using System.Globalization;
using Unp.Net.Netlink;

namespace Unp.Samples;

/// <summary>The command line: finds the program, reads the options, and turns exceptions into exit statuses.</summary>
static class Program
{
    static readonly Option<int?> Port = new("--port")
    {
        Description = "The port, in place of the book's. With 0 the kernel chooses a server's port, which is printed on standard error.",
        CustomParser = ParsePort,
        Recursive = true,
    };

    static readonly Option<string?> Bind = new("--bind")
    {
        Description = "The address of a server, IPv4 or IPv6, in place of the wildcard.",
        HelpName = "address",
        Recursive = true,
    };

    static int Main(string[] args)
    {
        UnpProgram.OpenStandardDescriptors();
        MessageWriter.ReplaceConsole();
        args = UnpProgram.NativeArguments(args);
        var root = new RootCommand("""
            The programs of UNIX Network Programming, volume 1, in C#.

            Start here:
              unp demo                            runs servers and clients and prints the bytes they exchange
              unp list                            lists the programs by chapter
              unp tcpserv04                       starts the echo server of figure 5.12, which Ctrl-C ends
              unp tcpcliserv/tcpcli01 127.0.0.1   in another terminal: its client, which sends each line that you type
              unp tcpserv04 --help                shows the options of a program
              unp wwwd                            serves the files of this directory at http://127.0.0.1:8080
            """) { Port, Bind };
        var list = new Command("list", "Lists the programs by chapter.");
        list.SetAction(_ => Catalog.Print(Console.Out));
        root.Add(list);
        var demo = new Command("demo", "Runs daytime and echo servers and clients as processes and prints the bytes they exchange.");
        demo.SetAction(_ => UnpProgram.Run(Demo.Run));
        root.Add(demo);

        // Only the requested program becomes a command, because 'unp --help' would otherwise list all of them.
        BookProgram[] requested = [.. args.Select(Catalog.Named).FirstOrDefault(programs => programs.Any()) ?? []];
        if (requested.Length > 1)
        {
            string paths = string.Join(", ", requested.Select(program => program.Path));
            return Refuse($"several chapters have a {requested[0].Name}; use its path: {paths}");
        }
        if (requested is [var program])
        {
            root.Add(CommandFor(program));
            int name = Array.FindIndex(args, arg => arg == program.Path || arg == program.Name);
            if (program.ReadsOptions && args.ElementAtOrDefault(name + 1) is not (null or "--" or "--help"))
                args = [.. args[..(name + 1)], "--", .. args[(name + 1)..]];
        }

        // A program may use -h for an option of its own.
        HelpOption help = root.Options.OfType<HelpOption>().Single();
        if (requested is [{ Own: var own }] && own.Any(option => option.Name == "-h"))
            help.Aliases.Remove("-h");

        if (args.Length == 0)
        {
            root.Parse("--help").Invoke();
            return Refuse("no program is named; 'unp demo' shows some at work, 'unp list' shows all");
        }

        ParseResult parsed = root.Parse(args, new ParserConfiguration { ResponseFileTokenReplacer = null });
        if (parsed.CommandResult.Command == root && parsed.UnmatchedTokens is [var unknown, ..])
            return Refuse($"unp has no program '{unknown}'; 'unp list' shows all programs");
        if (parsed.Action is ParseErrorAction error)
            (error.ShowHelp, error.ShowTypoCorrections) = (false, false);
        return parsed.Invoke();
    }

    static Command CommandFor(BookProgram program)
    {
        // As in C, the program itself checks the number of its arguments.
        var arguments = new Argument<string[]>(program.Usage.StartsWith('<') ? program.Usage.Trim('<', '>', '.') : "arguments")
        {
            Arity = ArgumentArity.ZeroOrMore,
            Hidden = program.Usage.Length == 0,
        };
        string place = program.Place.StartsWith("UNP", StringComparison.Ordinal) ? program.Place : $"{program.Place} of the book";
        var command = new Command(program.Path, $"{program.Synopsis}: {program.Purpose}, {place}") { arguments };
        command.Aliases.Add(program.Name);
        foreach (Option own in program.Own)
            command.Add(own);
        command.SetAction(parsed => UnpProgram.Run(() => Run(program, parsed.GetValue(arguments)!, parsed)));
        return command;
    }

    static void Run(BookProgram program, string[] args, ParseResult parsed)
    {
        using var options = new ProgramOptions(program.Name, parsed.GetValue(Port), parsed.GetValue(Bind), parsed);
        try
        {
            program.Main(args, options);
        }
        catch (NetlinkException refused)
        {
            err_quit(refused.Message);
        }
        catch (Exception refused) when (refused is FormatException or PlatformNotSupportedException
            or ArgumentException { ParamName: "UNP_POLLER" or "path" })
        {
            // Removes .NET's suffix "(Parameter 'path')".
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
        argument.AddError($"--port {text}: a port must be between 0 and 65535");
        return null;
    }
}
