namespace Unp.Net.Multiplexing;

/// <summary>The names of the C programs.</summary>
static class Reference
{
    internal const string Dispatch = "dispatch";
    internal const string Echo = "echo";
}
