using System.ComponentModel;

namespace Unp.Net.ServerDesigns.Web;

/// <summary>A web server with one worker on its own core, which serves the files of a folder.</summary>
sealed class WebServer : IDisposable
{
    /// <summary>The program of the samples.</summary>
    internal const string Ours = "wwwd";

    internal const string Nginx = "nginx";

    readonly Child process;
    readonly int port;
    readonly Cores cores;

    WebServer(string name, Child process, int port, Cores cores)
    {
        Name = name;
        this.process = process;
        this.port = port;
        this.cores = cores;
    }

    internal string Name { get; }

    internal static WebServer StartWwwd(string folder, Cores cores)
    {
        int port = Listening.FreePort();
        return Started(Ours, Child.Start(cores.Measured, Listening.Unp, "web/wwwd", "-d", folder, "-p", $"{port}", "-w", "1"), port, cores);
    }

    /// <summary>
    /// Starts nginx with a configuration for benchmarks: no log, sendfile, and an unlimited number of requests per connection.
    /// </summary>
    internal static WebServer StartNginx(string folder, Cores cores)
    {
        int port = Listening.FreePort();
        string configuration = folder + ".conf";
        File.WriteAllText(configuration, $$"""
            daemon off;
            master_process off;
            pid {{folder}}.pid;
            error_log stderr;
            events { worker_connections 1024; }
            http {
              access_log off;
              sendfile on;
              tcp_nopush on;
              keepalive_requests 1000000000;
              client_body_temp_path {{folder}}.temporary;
              proxy_temp_path {{folder}}.temporary;
              fastcgi_temp_path {{folder}}.temporary;
              scgi_temp_path {{folder}}.temporary;
              uwsgi_temp_path {{folder}}.temporary;
              server { listen 127.0.0.1:{{port}}; root {{folder}}; }
            }
            """);
        try
        {
            return Started(Nginx, Child.Start(cores.Measured, Nginx, "-e", "stderr", "-c", configuration), port, cores);
        }
        catch (Win32Exception)
        {
            throw new BenchmarkException("nginx is not installed (apt-get install nginx-light)");
        }
    }

    /// <summary>Loads the server with wrk, which requests one file repeatedly.</summary>
    internal WebFigures Load(WebFile file, int connections, int seconds)
    {
        string url = $"http://127.0.0.1:{port}/{file.Name}";
        Check(url, file);
        long before = process.CpuNanoseconds;
        WrkFigures figures;
        using (Child wrk = Wrk.Start(cores.Load, url, connections, seconds))
            figures = Wrk.ReadFigures(wrk);
        return new(
            figures.Requests / figures.Seconds, (process.CpuNanoseconds - before) / 1000.0 / figures.Requests, figures.P50, figures.P99);
    }

    public void Dispose() => process.Dispose();

    static WebServer Started(string name, Child process, int port, Cores cores)
    {
        try
        {
            Listening.Await(port);
            return new(name, process, port, cores);
        }
        catch
        {
            process.Dispose();
            throw;
        }
    }

    /// <summary>Checks one answer, because wrk does not compare the content.</summary>
    static void Check(string url, WebFile file)
    {
        using var browser = new HttpClient { Timeout = Child.AnswerTimeout };
        try
        {
            if (!browser.GetByteArrayAsync(url).GetAwaiter().GetResult().AsSpan().SequenceEqual(file.Content))
                throw new BenchmarkException($"{url} does not return the content of the file");
        }
        catch (Exception e) when (e is HttpRequestException or OperationCanceledException)
        {
            throw new BenchmarkException($"the server does not answer: {e.Message}");
        }
    }
}
