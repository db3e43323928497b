namespace Unp.Net;

/// <summary>
/// The files and directories of a poller. They are always ready, so the mechanism does not watch them (select and poll agree on that).
/// </summary>
sealed class AlwaysReady
{
    readonly List<PollRegistration> files = [];

    // The next scan begins after this index, so that every file is reported even when the event buffer is small.
    int next;

    public int Count => files.Count;

    /// <summary>Whether a file has an event to report, so that the poller must not block.</summary>
    public bool AnyReady
    {
        get
        {
            for (int i = 0; i < files.Count; i++)
            {
                if (Ready(files[i]) != 0)
                    return true;
            }
            return false;
        }
    }

    /// <summary>A file that was closed without being removed, or null.</summary>
    public PollRegistration? FirstClosed
    {
        get
        {
            for (int i = 0; i < files.Count; i++)
            {
                if (files[i].Descriptor.IsClosed)
                    return files[i];
            }
            return null;
        }
    }

    public void Add(PollRegistration file)
    {
        file.IsFile = true;
        file.Index = files.Count;
        files.Add(file);
    }

    public void Remove(PollRegistration file)
    {
        PollRegistration last = files[^1];
        last.Index = file.Index;
        files[file.Index] = last;
        files.RemoveAt(files.Count - 1);
        file.IsFile = false;
    }

    /// <summary>Reports as many files as fit.</summary>
    /// <returns>The number of events.</returns>
    public int Report(Span<PollEvent> events)
    {
        int reported = 0;
        for (int left = files.Count; left > 0 && reported < events.Length; left--)
        {
            next = next + 1 < files.Count ? next + 1 : 0;
            PollRegistration file = files[next];
            PollEvents ready = Ready(file);
            if (ready == 0)
                continue;
            events[reported++] = new PollEvent(file, ready);

            // A file never becomes unready, so there is no second edge.
            file.IsSpent = (file.Mode & (PollMode.EdgeTriggered | PollMode.OneShot)) != 0;
        }
        return reported;
    }

    static PollEvents Ready(PollRegistration file) =>
        file.IsSpent || file.Descriptor.IsClosed ? 0 : file.Interest & (PollEvents.Readable | PollEvents.Writable);
}
