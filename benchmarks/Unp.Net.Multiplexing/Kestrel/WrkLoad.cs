using System.Diagnostics;

namespace Unp.Net.Multiplexing;

/// <summary>
/// <see cref="Wrk"/>'s load. The server counts the requests, so that a sample begins when the connections are made and ends before they are closed; wrk
/// tells of errors, and how long answers took.
/// </summary>
sealed class WrkLoad(Cores cores) : ILoad
{
    // It is ended when the sample is.
    const int LongestSeconds = 60;

    readonly HttpClient browser = new() { Timeout = Child.Patience };

    public Dictionary<string, double> Measure(ServerProcess server, EchoCase @case, int settle, int milliseconds)
    {
        string url = $"http://127.0.0.1:{server.Port}/";
        Check(url, @case);
        server.AwaitConnections(0);
        using Child wrk = Wrk.Start(cores.Load, url, @case.Active, LongestSeconds);
        server.AwaitAccepted(@case.Active);
        Thread.Sleep(settle);

        ServerState before = server.Ask();
        long cpuBefore = server.CpuNanoseconds;
        var watch = Stopwatch.StartNew();
        Thread.Sleep(milliseconds);
        ServerState after = server.Ask();
        long cpuAfter = server.CpuNanoseconds;
        double seconds = watch.Elapsed.TotalSeconds;

        wrk.Interrupt();
        WrkFigures told = Wrk.Listen(wrk);
        server.AwaitConnections(0);
        double requests = after.Requests - before.Requests;
        if (requests == 0 || after.Connections != @case.Active)
            throw new BenchmarkException($"{requests} requests were answered, on {after.Connections} connections");
        return new()
        {
            [Figure.Cpu] = (cpuAfter - cpuBefore) / 1000.0 / requests,
            [Figure.Rate] = requests / seconds,
            [Figure.P50] = told.P50,
            [Figure.P99] = told.P99,
            [Figure.P999] = told.P999,
            [Figure.Bytes] = (after.AllocatedBytes - before.AllocatedBytes) / requests,
        };
    }

    public void Reset()
    {
        // Each sample has a wrk of its own.
    }

    public void Dispose() => browser.Dispose();

    /// <summary>wrk does not look at what it gets.</summary>
    void Check(string url, EchoCase @case)
    {
        try
        {
            using var asked = new HttpRequestMessage(HttpMethod.Get, url) { Headers = { ConnectionClose = true } };
            using HttpResponseMessage answer = browser.Send(asked);
            using var body = new MemoryStream();
            answer.Content.ReadAsStream().CopyTo(body);
            if (!answer.IsSuccessStatusCode || body.Length != @case.Size || !body.ToArray().AsSpan().SequenceEqual(KestrelServer.Answer))
                throw new BenchmarkException($"it answers {(int)answer.StatusCode} with {body.Length} bytes");
        }
        catch (Exception e) when (e is HttpRequestException or IOException or OperationCanceledException)
        {
            throw new BenchmarkException($"it does not answer: {e.Message}");
        }
    }
}
