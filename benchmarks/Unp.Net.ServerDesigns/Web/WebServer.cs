using System.ComponentModel;

namespace Unp.Net.ServerDesigns.Web;

/// <summary>A web server with one worker, on a core of its own, that serves a folder's files.</summary>
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

    internal static WebServer StartOurs(string folder, Cores cores)
    {
        int port = Listening.FreePort();
        return Started(Ours, Child.Start(cores.Measured, Listening.Unp, "web/wwwd", "-d", folder, "-p", $"{port}", "-w", "1"), port, cores);
    }

    /// <summary>It is set up as for a benchmark of its own: no log, sendfile, as many requests on a connection as there come.</summary>
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

    /// <summary>Has wrk ask for a file, over and over.</summary>
    internal WebFigures Load(WebFile file, int connections, int seconds)
    {
        string url = $"http://127.0.0.1:{port}/{file.Name}";
        Check(url, file);
        long before = process.CpuNanoseconds;
        WrkFigures told;
        using (Child wrk = Wrk.Start(cores.Load, url, connections, seconds))
            told = Wrk.Listen(wrk);
        return new(told.Requests / told.Seconds, (process.CpuNanoseconds - before) / 1000.0 / told.Requests, told.P50, told.P99);
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

    /// <summary>wrk does not look at what it gets.</summary>
    static void Check(string url, WebFile file)
    {
        using var browser = new HttpClient { Timeout = Child.Patience };
        try
        {
            if (!browser.GetByteArrayAsync(url).GetAwaiter().GetResult().AsSpan().SequenceEqual(file.Content))
                throw new BenchmarkException($"{url} is not the file");
        }
        catch (Exception e) when (e is HttpRequestException or OperationCanceledException)
        {
            throw new BenchmarkException($"it does not answer: {e.Message}");
        }
    }
}
