using System.Diagnostics;

namespace Unp.Net.Multiplexing;

/// <summary>
/// The load of <see cref="Wrk"/>. The server counts the requests, so a sample starts after the connections are made and ends before they
/// are closed. wrk reports errors and latencies.
/// </summary>
sealed class WrkLoad(Cores cores) : ILoad
{
    // A safety limit, because the sample ends wrk.
    const int MaxSeconds = 60;

    readonly HttpClient browser = new() { Timeout = Child.AnswerTimeout };

    public Dictionary<string, double> Measure(ServerProcess server, EchoCase @case, int settle, int milliseconds)
    {
        string url = $"http://127.0.0.1:{server.Port}/";
        Check(url, @case);
        server.AwaitConnections(0);
        using Child wrk = Wrk.Start(cores.Load, url, @case.Active, MaxSeconds);
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
        WrkFigures figures = Wrk.ReadFigures(wrk);
        server.AwaitConnections(0);
        double requests = after.Requests - before.Requests;
        if (requests == 0 || after.Connections != @case.Active)
            throw new BenchmarkException($"the server answered {requests} requests on {after.Connections} connections");
        return new()
        {
            [Figure.Cpu] = (cpuAfter - cpuBefore) / 1000.0 / requests,
            [Figure.Rate] = requests / seconds,
            [Figure.P50] = figures.P50,
            [Figure.P99] = figures.P99,
            [Figure.P999] = figures.P999,
            [Figure.Bytes] = (after.AllocatedBytes - before.AllocatedBytes) / requests,
        };
    }

    public void Reset()
    {
        // Each sample starts its own wrk.
    }

    public void Dispose() => browser.Dispose();

    /// <summary>Checks one answer, because wrk does not compare the content.</summary>
    void Check(string url, EchoCase @case)
    {
        try
        {
            using var asked = new HttpRequestMessage(HttpMethod.Get, url) { Headers = { ConnectionClose = true } };
            using HttpResponseMessage answer = browser.Send(asked);
            using var body = new MemoryStream();
            answer.Content.ReadAsStream().CopyTo(body);
            if (!answer.IsSuccessStatusCode || body.Length != @case.Size || !body.ToArray().AsSpan().SequenceEqual(KestrelServer.Answer))
                throw new BenchmarkException($"the server answered {(int)answer.StatusCode} with {body.Length} bytes");
        }
        catch (Exception e) when (e is HttpRequestException or IOException or OperationCanceledException)
        {
            throw new BenchmarkException($"the server does not answer: {e.Message}");
        }
    }
}
