namespace Unp.Net;

/// <summary>What a pool and its workers agree on.</summary>
static class WorkerProtocol
{
    /// <summary>
    /// The variable of a worker's environment: index, generation, mode, and the names of its descriptors from <see cref="FirstDescriptor"/> on:
    /// <c>0:1:SharedMutex:.control,.listener,.lock,meter</c>.
    /// </summary>
    internal const string Variable = "UNP_WORKER";

    internal const int FirstDescriptor = Libc.STDERR_FILENO + 1;

    // Their point is in no name that a program may choose.
    internal const string Control = ".control";
    internal const string Listener = ".listener";
    internal const string Lock = ".lock";

    /// <summary>Where passed connections come, and are asked for by a byte each.</summary>
    internal const string Queue = ".queue";

    /// <summary>Over the control socket, from the worker.</summary>
    internal const byte IsReady = (byte)'r';

    /// <summary>Over the control socket, from the worker: it was asked to end, by the pool or by another.</summary>
    internal const byte IsEnding = (byte)'e';

    /// <summary>Over the control socket, to the worker. Its end says the same: the pool is gone.</summary>
    internal const byte Drain = (byte)'d';

    internal static string Describe(int index, int generation, AcceptMode mode, IEnumerable<string> names) =>
        $"{index}:{generation}:{mode}:{string.Join(',', names)}";
}
