using System.Globalization;

namespace Unp.Net;

/// <summary>The protocol between a pool and its workers: environment variable, descriptors and messages.</summary>
static class WorkerProtocol
{
    /// <summary>
    /// The environment variable of a worker. It contains the index, the generation, the mode, and the names of the descriptors from
    /// <see cref="FirstDescriptor"/> on, as in <c>0:1:SharedMutex:.control,.listener,.lock,meter</c>.
    /// </summary>
    internal const string Variable = "UNP_WORKER";

    internal const int FirstDescriptor = InheritedDescriptors.First;

    // These names begin with a dot, which the names in WorkerPoolOptions.Descriptors must not contain.
    internal const string Control = ".control";
    internal const string Listener = ".listener";
    internal const string Lock = ".lock";

    /// <summary>The socket over which the worker requests connections, one byte per connection, and receives them.</summary>
    internal const string Queue = ".queue";

    /// <summary>Sent by the worker over the control socket: it is ready.</summary>
    internal const byte ReadyMessage = (byte)'r';

    /// <summary>Sent by the worker over the control socket: the pool or a signal has asked it to end.</summary>
    internal const byte EndingMessage = (byte)'e';

    /// <summary>
    /// Sent to the worker over the control socket: it must end. The end of file means the same, because the pool is gone.
    /// </summary>
    internal const byte DrainMessage = (byte)'d';

    /// <summary>
    /// Returns whether the descriptor of this name must be a socket. The lock is a file, and the program's own may be anything.
    /// </summary>
    internal static bool IsSocket(string name) => name is Control or Listener or Queue;

    /// <summary>Parses the result of <see cref="Describe"/>.</summary>
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
