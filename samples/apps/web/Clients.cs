using Unp.Net.Pipelines;

namespace Unp.Samples.web;

/// <summary>
/// The connections of a loop. Once a second, connections that are too slow or idle for too long are closed, so no request needs a timer.
/// </summary>
sealed class Clients
{
    static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    readonly EventLoop loop;
    readonly HashSet<HttpConnection> open = [];

    public Clients(EventLoop loop)
    {
        this.loop = loop;
        loop.Post(() => loop.Schedule(Interval, static clients => ((Clients)clients!).CloseExpired(), this, Interval));
    }

    /// <summary>Gets whether the server is about to end. A connection is then not kept for another request.</summary>
    public bool IsDraining { get; private set; }

    public void Add(HttpConnection client) => open.Add(client);

    public void Remove(HttpConnection client) => open.Remove(client);

    /// <summary>Closes idle connections now, and the others after their response.</summary>
    public void Drain() => loop.Post(() =>
    {
        IsDraining = true;
        foreach (HttpConnection client in open.Where(client => client.IsIdle).ToArray())
            client.Close();
    });

    void CloseExpired()
    {
        long now = Environment.TickCount64;
        foreach (HttpConnection client in open.Where(client => client.Deadline < now).ToArray())
            client.Close();
    }
}
