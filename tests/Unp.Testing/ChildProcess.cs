namespace Unp.Testing;

/// <summary>
/// Starts the scenarios of <c>tests/Unp.Testing.Child</c>, whose effects, such as the exit status, are visible only from outside the
/// process.
/// </summary>
public static class ChildProcess
{
    /// <summary>The path of the program.</summary>
    public static string Executable => Path.Combine(AppContext.BaseDirectory, "Unp.Testing.Child");

    /// <summary>Starts a scenario.</summary>
    public static Peer Start(string scenario, params string[] arguments) => Peer.Start(Executable, [scenario, .. arguments]);

    /// <inheritdoc cref="Start(string, string[])"/>
    public static Peer Start(string scenario, IReadOnlyDictionary<string, string> environment, params string[] arguments) =>
        Peer.Start(Executable, environment, [scenario, .. arguments]);
}
