using System.CommandLine;
using System.Runtime.InteropServices;

namespace Unp.Samples;

/// <summary>The outside of every program: finds the one that is asked for, reads the options, and makes an exit status of what it throws.</summary>
static class Program
{
    static readonly Option<int?> Port = new("--port")
    {
        Description = "The port, in place of the book's; 0 lets the kernel choose one, which a server tells on standard error.",
        Recursive = true,
    };

    static readonly Option<string?> Bind = new("--bind")
    {
        Description = "The address a server binds, IPv4 or IPv6, in place of the wildcard.",
        Recursive = true,
    };

    static int Main(string[] args)
    {
        var root = new RootCommand("The programs of UNIX Network Programming, volume 1. 'unp list' shows them.") { Port, Bind };
        var list = new Command("list", "Shows the programs by chapter.");
        list.SetAction(_ => Catalog.Print(Console.Out));
        root.Add(list);
        var demo = new Command("demo", "Runs daytime and echo servers and clients as processes, and prints what goes over the wire.");
        demo.SetAction(_ => UnpProgram.Run(Demo.Run));
        root.Add(demo);

        string? name = args.FirstOrDefault(arg => Catalog.Named(arg).Any());
        if (name is not null)
        {
            BookProgram[] candidates = [.. Catalog.Named(name)];
            if (candidates.Length > 1)
            {
                Console.Error.WriteLine($"{name} is in several chapters: {string.Join(", ", candidates.Select(candidate => candidate.Path))}");
                return 1;
            }
            root.Add(CommandFor(candidates[0], name));
        }
        return root.Parse(args).Invoke();
    }

    static Command CommandFor(BookProgram program, string name)
    {
        var arguments = new Argument<string[]>("arguments") { Description = program.Usage, Arity = ArgumentArity.ZeroOrMore };
        var command = new Command(name, $"{program.Path} {program.Usage}: {program.Purpose}") { arguments };
        command.SetAction(parsed =>
        {
            using var interrupt = StopOn(PosixSignal.SIGINT);
            using var terminate = StopOn(PosixSignal.SIGTERM);
            return UnpProgram.Run(() => Run(program, parsed.GetValue(arguments)!, new Options(parsed.GetValue(Port), parsed.GetValue(Bind))));
        });
        return command;
    }

    static void Run(BookProgram program, string[] args, Options options)
    {
        try
        {
            program.Main(args, options);
        }
        catch (Exception badInput) when (badInput is FormatException or ArgumentException)
        {
            err_quit(badInput.Message);
        }
    }

    /// <summary>A server has no end of its own. The kernel closes its sockets; what was accepted is not served on.</summary>
    static PosixSignalRegistration StopOn(PosixSignal signal) => PosixSignalRegistration.Create(signal, _ => Environment.Exit(0));
}
