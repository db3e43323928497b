namespace Unp.Samples.server;

/// <summary>
/// A substitute for <c>fork()</c> in the preforked servers, because a managed process cannot fork. A child is this program again. Its
/// arguments are a mark, its number and the number of the descriptors that it inherits.
/// </summary>
/// <param name="Number">The number of the child, from 0.</param>
/// <param name="Inherited">The descriptors, in the order in which the parent has listed them.</param>
sealed record Preforked(int Number, Fd[] Inherited)
{
    const string Mark = "--child--";

    /// <summary>The child's first descriptor after standard input, output and error.</summary>
    const int First = 3;

    /// <summary>
    /// A pipe that only the parent can write. End of file shows the children that the parent has exited. In C they would become
    /// orphans.
    /// </summary>
    static readonly Lazy<(Fd Read, Fd Write)> Life = new(() =>
    {
        Pipe(out Fd read, out Fd write);
        return (read, write);
    });

    /// <summary>
    /// Starts a child. SIGINT is blocked in it, because a terminal also sends it to the children, and the parent ends them itself.
    /// </summary>
    /// <param name="program">The path of the program.</param>
    /// <param name="i">The number of the child.</param>
    /// <param name="inherited">The descriptors of the parent that the child gets.</param>
    public static SpawnedProcess Start(string program, int i, params Fd[] inherited)
    {
        var options = new SpawnOptions { Descriptors = { [First] = Life.Value.Read }, SignalMask = SigSet.Of(SIGINT) };
        foreach (Fd fd in inherited)
            options.Descriptors[First + options.Descriptors.Count] = fd;
        return Child.Exec(program, [Mark, $"{i}", $"{inherited.Length}"], options);
    }

    /// <summary>Returns what a child got from its parent, or null in the parent. The child ends as soon as the parent has ended.</summary>
    public static Preforked? Self(string[] args)
    {
        if (args is not [Mark, var i, var count])
            return null;
        int[] inherited = [.. Enumerable.Range(First + 1, ProgramOptions.Number(count))];
        var life = new Fd(First);
        ProgramThread.Start(() =>
        {
            Read(life, stackalloc byte[1]);
            Environment.Exit(0);
        });
        return new(ProgramOptions.Number(i), Array.ConvertAll(inherited, number => new Fd(number)));
    }
}
