using System.Globalization;

namespace Unp.Net.ServerDesigns;

/// <summary>A running server on its own core, and the client that loads it from another.</summary>
sealed class DesignServer : IDisposable
{
    readonly Design design;
    readonly Child process;
    readonly Cores cores;
    readonly string port;
    readonly int children;

    DesignServer(Design design, Child process, Cores cores, int port)
    {
        this.design = design;
        this.process = process;
        this.cores = cores;
        this.port = port.ToString(CultureInfo.InvariantCulture);
        for (int line = 0; line < design.Starting; line++)
            _ = process.ReadLine();
        Listening.Await(port);
        children = Tree.Children(process.Id).Length;
    }

    /// <param name="design">The server.</param>
    /// <param name="programs">The programs in C.</param>
    /// <param name="cores">The cores of the server and of its clients.</param>
    /// <param name="native">The samples' executable of Native AOT, if the design needs it.</param>
    internal static DesignServer Start(Design design, CPrograms programs, Cores cores, string? native)
    {
        int port = Listening.FreePort();
        Child process = design.IsC
            ? Child.Start(cores.Measured, programs[Runner.Reference]!, design.Program, $"{port}")
            : Child.Start(
                cores.Measured,
                design.IsNative ? native! : Listening.Unp,
                [$"server/{design.Program}", "127.0.0.1", $"{port}", .. design.Arguments]);
        try
        {
            return new DesignServer(design, process, cores, port);
        }
        catch
        {
            process.Dispose();
            throw;
        }
    }

    /// <summary>Runs the book's client against the server.</summary>
    /// <returns>The processor time per connection, of the server and its children, in nanoseconds.</returns>
    internal double Load(int loops)
    {
        Tree.AwaitQuiet(process.Id, children);
        long before = Tree.CpuNanoseconds(process.Id);
        string[] arguments = ["server/client", "127.0.0.1", port, $"{Plan.Children}", $"{loops}", $"{Plan.Bytes}"];
        using (Child client = Child.Start(cores.Load, Listening.Unp, arguments))
        {
            for (int child = 0; child < Plan.Children; child++)
                _ = client.ReadLine(TimeSpan.FromMinutes(5));
        }
        Tree.AwaitQuiet(process.Id, children);
        return (Tree.CpuNanoseconds(process.Id) - before) / (double)(Plan.Children * loops);
    }

    /// <summary>Kills the server. Its workers notice that and end.</summary>
    public void Dispose() => process.Dispose();

    public override string ToString() => design.Name;
}
