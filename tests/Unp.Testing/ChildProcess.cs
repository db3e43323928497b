namespace Unp.Testing;

/// <summary>The scenarios of <c>tests/Unp.Testing.Child</c>: what can only be seen from outside of a process, such as how it ends.</summary>
public static class ChildProcess
{
    /// <summary>The program.</summary>
    public static string Executable => Path.Combine(AppContext.BaseDirectory, "Unp.Testing.Child");

    /// <summary>Starts a scenario.</summary>
    public static Peer Start(string scenario, params string[] arguments) => Peer.Start(Executable, [scenario, .. arguments]);

    /// <inheritdoc cref="Start(string, string[])"/>
    public static Peer Start(string scenario, IReadOnlyDictionary<string, string> environment, params string[] arguments) =>
        Peer.Start(Executable, environment, [scenario, .. arguments]);
}
