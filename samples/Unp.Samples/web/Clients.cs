using Unp.Net.Pipelines;

namespace Unp.Samples.web;

/// <summary>The connections of a loop, looked at once a second: one that is too slow, or idle too long, is closed. So a request costs no timer.</summary>
sealed class Clients
{
    static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    readonly EventLoop loop;
    readonly HashSet<HttpConnection> open = [];

    public Clients(EventLoop loop)
    {
        this.loop = loop;
        loop.Post(() => loop.Schedule(Interval, static clients => ((Clients)clients!).CloseLate(), this, Interval));
    }

    /// <summary>Whether the server is about to end: a connection is not kept for another request then.</summary>
    public bool IsDraining { get; private set; }

    public void Add(HttpConnection client) => open.Add(client);

    public void Remove(HttpConnection client) => open.Remove(client);

    /// <summary>Closes the connections on which nothing goes on, and the others after their answer.</summary>
    public void Drain() => loop.Post(() =>
    {
        IsDraining = true;
        foreach (HttpConnection client in open.Where(client => client.IsIdle).ToArray())
            client.Close();
    });

    void CloseLate()
    {
        long now = Environment.TickCount64;
        foreach (HttpConnection client in open.Where(client => client.Deadline < now).ToArray())
            client.Close();
    }
}
