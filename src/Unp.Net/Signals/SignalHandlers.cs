using System.Runtime.InteropServices;

namespace Unp.Net;

/// <summary>
/// The signal handlers of the process: per signal one handler of the program, as in C, and any number of watches, which run after it.
/// </summary>
/// <remarks>
/// .NET keeps a registration only while its object is reachable. This table keeps it reachable, because a handler belongs to the process
/// until it is replaced or its handle is disposed.
/// </remarks>
static class SignalHandlers
{
    static readonly Lock Changing = new();
    static readonly Dictionary<int, Slot> Table = [];

    internal static IDisposable Replace(int signo, Action<int> handler, bool isInterrupting)
    {
        lock (Changing)
            return SlotOf(signo).Replace(handler, isInterrupting);
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

    /// <summary>The handlers of one signal. The table's lock protects all members except <see cref="Run"/>.</summary>
    sealed class Slot(int signo)
    {
        /// <summary>
        /// The newest handle. It is weak, so that a program that replaces its handler repeatedly without disposing does not keep a chain of
        /// old handles.
        /// </summary>
        readonly WeakReference<Handle> newest = new(null!);
        PosixSignalRegistration? registration;
        volatile Action<int>? current;
        volatile WatchHandle[] watches = [];
        bool isInterrupting;

        internal Handle Replace(Action<int> handler, bool interrupts)
        {
            // If the handle of the current handler was collected, only a replacement can remove that handler. Create a handle to restore
            // it.
            if (!newest.TryGetTarget(out Handle? before) && current is { } kept)
                before = new Handle(this, kept, null, isInterrupting);
            var handle = new Handle(this, handler, before, interrupts);
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
            SetInterrupting(handle is { IsInterrupting: true });
        }

        /// <summary>
        /// Chooses whether the signal interrupts system calls. The runtime installs its own handler with SA_RESTART; siginterrupt(3)
        /// changes that flag only.
        /// </summary>
        void SetInterrupting(bool value)
        {
            if (isInterrupting == value)
                return;
            isInterrupting = value;
            SignalAction.SetInterrupting(signo, value);
        }

        /// <summary>Registers with the runtime while there is a handler, and unregisters otherwise.</summary>
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

        /// <summary>
        /// Runs the handlers on the thread pool. If all were disposed meanwhile, the signal is ignored, because in C the handler would have
        /// received it.
        /// </summary>
        void Run(PosixSignalContext context)
        {
            Action<int>? handler = current;
            WatchHandle[] watching = watches;
            context.Cancel = true;
            handler?.Invoke(signo);
            foreach (WatchHandle watch in watching)
                watch.Handler(signo);
        }
    }

    /// <summary>A handle whose disposal restores the previous handler.</summary>
    sealed class Handle(Slot slot, Action<int> handler, Handle? before, bool isInterrupting) : IDisposable
    {
        internal Action<int> Handler => handler;

        internal bool IsInterrupting => isInterrupting;

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
