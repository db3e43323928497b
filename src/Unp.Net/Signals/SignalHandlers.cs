using System.Runtime.InteropServices;

namespace Unp.Net;

/// <summary>
/// What the process does about each signal: one handler of the program's, as in C, and any number of watches, which run after it.
/// </summary>
/// <remarks>
/// .NET keeps a registration only as long as its object is reachable. The table keeps it here, because a handler belongs to the process: it
/// stays until it is replaced, or its handle is disposed.
/// </remarks>
static class SignalHandlers
{
    static readonly Lock Changing = new();
    static readonly Dictionary<int, Slot> Table = [];

    internal static IDisposable Replace(int signo, Action<int> handler)
    {
        lock (Changing)
            return SlotOf(signo).Replace(handler);
    }

    internal static IDisposable Watch(int signo, Action<int> handler)
    {
        lock (Changing)
            return SlotOf(signo).Watch(handler);
    }

    static Slot SlotOf(int signo)
    {
        if (Table.TryGetValue(signo, out Slot? slot))
            return slot;
        slot = new Slot(signo);
        Table.Add(signo, slot);
        return slot;
    }

    /// <summary>One signal. All but <see cref="Run"/> is under the table's lock.</summary>
    sealed class Slot(int signo)
    {
        /// <summary>
        /// Weak, so that a program that replaces its handler again and again without disposing leaves no chain of old ones.
        /// </summary>
        readonly WeakReference<Handle> newest = new(null!);
        PosixSignalRegistration? registration;
        volatile Action<int>? current;
        volatile WatchHandle[] watches = [];

        internal Handle Replace(Action<int> handler)
        {
            // The handle of the current handler may be collected. Then nothing can remove that handler but its replacement.
            if (!newest.TryGetTarget(out Handle? before) && current is { } kept)
                before = new Handle(this, kept, null);
            var handle = new Handle(this, handler, before);
            Set(handle);
            return handle;
        }

        internal WatchHandle Watch(Action<int> handler)
        {
            var watch = new WatchHandle(this, handler);
            watches = [.. watches, watch];
            Register();
            return watch;
        }

        internal void Remove(Handle handle)
        {
            lock (Changing)
            {
                handle.IsDisposed = true;
                if (!newest.TryGetTarget(out Handle? current) || current != handle)
                    return;
                Handle? before = handle.Before;
                while (before is { IsDisposed: true })
                    before = before.Before;
                Set(before);
            }
        }

        internal void Remove(WatchHandle watch)
        {
            lock (Changing)
            {
                watches = [.. watches.Where(other => other != watch)];
                Register();
            }
        }

        void Set(Handle? handle)
        {
            newest.SetTarget(handle!);
            current = handle?.Handler;
            Register();
        }

        /// <summary>Has the runtime's registration while there is something to run.</summary>
        void Register()
        {
            if (current is null && watches.Length == 0)
            {
                registration?.Dispose();
                registration = null;
            }
            else if (registration is null)
            {
                SignalAction.StopIgnoring(signo);
                registration = PosixSignalRegistration.Create((PosixSignal)signo, Run);
            }
        }

        /// <summary>Runs on the thread pool. When all was disposed meanwhile, the runtime does what the signal does by default.</summary>
        void Run(PosixSignalContext context)
        {
            Action<int>? handler = current;
            WatchHandle[] beside = watches;
            if (handler is null && beside.Length == 0)
                return;
            context.Cancel = true;
            handler?.Invoke(signo);
            foreach (WatchHandle watch in beside)
                watch.Handler(signo);
        }
    }

    /// <summary>The way back to the handler before.</summary>
    sealed class Handle(Slot slot, Action<int> handler, Handle? before) : IDisposable
    {
        internal Action<int> Handler => handler;

        internal Handle? Before => before;

        internal bool IsDisposed { get; set; }

        public void Dispose() => slot.Remove(this);
    }

    sealed class WatchHandle(Slot slot, Action<int> handler) : IDisposable
    {
        internal Action<int> Handler => handler;

        public void Dispose() => slot.Remove(this);
    }
}
