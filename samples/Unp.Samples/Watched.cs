namespace Unp.Samples;

/// <summary>The clients of a server that has all of them in one poller.</summary>
static class Watched
{
    /// <summary>
    /// Watches a client for input. False: the kernel has no room for it (ENOSPC of <c>max_user_watches</c>, ENOMEM), which is printed.
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
            err_msg($"{failure.Message}: a client is lost");
            return false;
        }
    }
}
