namespace Unp.Net;

/// <summary>
/// The descriptors of a poller that the mechanism has no use for because they are always ready, as select and poll have it: files and directories.
/// </summary>
sealed class AlwaysReady
{
    readonly List<PollRegistration> files = [];

    // Where the next scan begins, so that each gets its turn when there is little room.
    int next;

    public int Count => files.Count;

    /// <summary>Whether one of them has something to tell, so that there is no waiting.</summary>
    public bool Any
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

    /// <summary>One that was closed without being removed.</summary>
    public PollRegistration? Closed
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
        files[last.Index = file.Index] = last;
        files.RemoveAt(files.Count - 1);
        file.IsFile = false;
    }

    /// <summary>Tells of as many as there is room for.</summary>
    /// <returns>How many that are.</returns>
    public int Tell(Span<PollEvent> events)
    {
        int told = 0;
        for (int left = files.Count; left > 0 && told < events.Length; left--)
        {
            next = next + 1 < files.Count ? next + 1 : 0;
            PollRegistration file = files[next];
            PollEvents ready = Ready(file);
            if (ready == 0)
                continue;
            events[told++] = new PollEvent(file, ready);

            // What does not change makes no second edge.
            file.IsSpent = (file.Mode & (PollMode.EdgeTriggered | PollMode.OneShot)) != 0;
        }
        return told;
    }

    static PollEvents Ready(PollRegistration file) =>
        file.IsSpent || file.Descriptor.IsClosed ? 0 : file.Interest & (PollEvents.Readable | PollEvents.Writable);
}
