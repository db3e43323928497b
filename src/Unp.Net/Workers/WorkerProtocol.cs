using System.Globalization;

namespace Unp.Net;

/// <summary>What a pool and its workers agree on.</summary>
static class WorkerProtocol
{
    /// <summary>
    /// The variable of a worker's environment: index, generation, mode, and the names of its descriptors from <see cref="FirstDescriptor"/> on:
    /// <c>0:1:SharedMutex:.control,.listener,.lock,meter</c>.
    /// </summary>
    internal const string Variable = "UNP_WORKER";

    internal const int FirstDescriptor = InheritedDescriptors.First;

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

    /// <summary>Whether what has this name is a socket; the lock is a file, and the program's own may be anything.</summary>
    internal static bool IsSocket(string name) => name is Control or Listener or Queue;

    /// <summary>Reads what <see cref="Describe"/> has written.</summary>
    internal static bool TryRead(string text, out int index, out int generation, out AcceptMode mode, out string[] names)
    {
        (index, generation, mode, names) = (0, 0, default, []);
        if (text.Split(':') is not [var first, var second, var third, var list]
            || !int.TryParse(first, NumberStyles.None, CultureInfo.InvariantCulture, out index)
            || !int.TryParse(second, NumberStyles.None, CultureInfo.InvariantCulture, out generation)
            || !Enum.TryParse(third, out mode) || !Enum.IsDefined(mode))
        {
            return false;
        }
        names = list.Split(',');
        string connections = mode == AcceptMode.Passing ? Queue : Listener;
        bool hasLock = mode is AcceptMode.FileLock or AcceptMode.SharedMutex;
        return names[0] == Control && names.Contains(connections) && names.Contains(Lock) == hasLock
            && names.Distinct().Count() == names.Length;
    }

    internal static string Describe(int index, int generation, AcceptMode mode, IEnumerable<string> names) =>
        $"{index}:{generation}:{mode}:{string.Join(',', names)}";
}
