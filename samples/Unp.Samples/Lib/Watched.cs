namespace Unp.Samples;

/// <summary>The clients of a server that watches all of them with one poller.</summary>
static class Watched
{
    /// <summary>
    /// Watches a client for input. If the kernel has no room for it (ENOSPC of <c>max_user_watches</c>, ENOMEM), prints the error and
    /// returns false.
    /// </summary>
    public static bool TryAdd(Poller poller, Fd connfd, object client)
    {
        try
        {
            poller.Add(connfd, PollEvents.Readable, client);
            return true;
        }
        catch (UnpException failure)
        {
            err_msg($"{failure.Message}; closing a client");
            return false;
        }
    }
}
