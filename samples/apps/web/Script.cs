using System.Globalization;
using Unp.Net.Pipelines;

namespace Unp.Samples.web;

/// <summary>
/// A running program of the cgi-bin (RFC 3875). It has its own process group, so that it can be killed together with its children.
/// </summary>
sealed class Script : IDisposable
{
    /// <summary>The maximum number of running programs in the whole server.</summary>
    const int MaxRunning = 64;

    /// <summary>The number of the program file's descriptor in the child.</summary>
    const int ProgramDescriptor = 3;

    static int running;

    /// <summary>The number of bytes a program may write beyond its response. It is thus not killed in the middle of a line.</summary>
    const int MaxExcess = 1 << 20;

    readonly SpawnedProcess process;
    readonly LoopSocket input;

    Script(SpawnedProcess process, LoopSocket input, LoopSocket output)
    {
        this.process = process;
        this.input = input;
        Output = output;
    }

    /// <summary>Gets the program's output.</summary>
    public LoopSocket Output { get; }

    /// <summary>Starts a program and begins to write the body to its standard input.</summary>
    /// <exception cref="UnpException">The program could not be started. EAGAIN: too many programs are running.</exception>
    /// <param name="program">The open program file, which was checked.</param>
    /// <param name="site">The site.</param>
    /// <param name="request">The request.</param>
    /// <param name="script">The program's path in the site.</param>
    /// <param name="rest">The path after the program.</param>
    /// <param name="body">The request's body, which is disposed when it has been written.</param>
    /// <param name="client">The client.</param>
    public static Script Start(
        Fd program, Site site, HttpRequest request, string script, string rest, RequestBody body, LoopSocket client)
    {
        if (Interlocked.Increment(ref running) > MaxRunning)
        {
            Interlocked.Decrement(ref running);
            body.Dispose();
            throw new UnpException(Errno.EAGAIN, "script", script);
        }
        LoopSocket? input = null, output = null;
        try
        {
            input = OpenPipe(client.Loop, toScript: true, out Fd stdin);
            using (stdin)
            {
                output = OpenPipe(client.Loop, toScript: false, out Fd stdout);
                using (stdout)
                {
                    SpawnedProcess process = Spawn(ProgramPath(site, script), [], new()
                    {
                        Name = site.Root + script,
                        Descriptors = { [0] = stdin, [1] = stdout, [ProgramDescriptor] = program },
                        Environment = Variables(site, request, script, rest, client),
                        WorkingDirectory = Path.GetDirectoryName(site.Root + script),
                        ProcessGroup = 0,
                        SearchesPath = false,
                    });
                    var started = new Script(process, input, output);
                    client.Loop.Start(() => started.FeedAsync(body));
                    return started;
                }
            }
        }
        catch
        {
            input?.Dispose();
            output?.Dispose();
            body.Dispose();
            Interlocked.Decrement(ref running);
            throw;
        }
    }

    /// <summary>
    /// Returns the path with which the child executes the descriptor that was opened and checked, even if the name has been replaced. The
    /// interpreter of a script also opens that path, so the descriptor stays open in the program. Other systems than Linux use the name.
    /// </summary>
    static string ProgramPath(Site site, string script) =>
        OperatingSystem.IsLinux() ? $"/proc/self/fd/{ProgramDescriptor}" : site.Root + script;

    /// <summary>Opens a pipe, one end of which is for the program.</summary>
    static LoopSocket OpenPipe(EventLoop loop, bool toScript, out Fd theirs)
    {
        Pipe(out Fd read, out Fd write);
        theirs = toScript ? read : write;
        Fd ours = toScript ? write : read;
        try
        {
            return new LoopSocket(loop, ours);
        }
        catch
        {
            theirs.Dispose();
            ours.Dispose();
            throw;
        }
    }

    /// <summary>Lets a program that has responded finish its other work in the background, and kills it after the timeout.</summary>
    public void FinishInBackground(TimeSpan timeout) => Output.Loop.Start(() => FinishAsync(timeout));

    async Task FinishAsync(TimeSpan timeout)
    {
        using (this)
        {
            using var late = new CancellationTokenSource();
            using LoopTimer end = Output.Loop.Schedule(timeout, late.Cancel); // a CancellationTokenSource is limited to 49 days
            try
            {
                byte[] ignored = new byte[4096];
                int left = MaxExcess;
                while (left > 0 && await Output.ReceiveAsync(ignored, late.Token) is var got and > 0)
                    left -= got;
                if (left > 0)
                    await Output.Loop.WaitForExitAsync(process, late.Token);
            }
            catch (Exception e) when (e is OperationCanceledException or UnpException or ObjectDisposedException)
            {
                // The time is up, or the server ends.
            }
        }
    }

    /// <summary>Kills the program and its children, unless it has already been waited for.</summary>
    public void Dispose()
    {
        input.Dispose();
        Output.Dispose();
        try
        {
            process.Killpg(SIGKILL);
        }
        catch (UnpException)
        {
            // The program has already ended.
        }
        process.Dispose();
        Interlocked.Decrement(ref running);
    }

    async Task FeedAsync(RequestBody body)
    {
        try
        {
            await body.SendAsync(input);
        }
        catch (Exception e) when (e is UnpException or ObjectDisposedException)
        {
            // The program does not read its input, or has ended.
        }
        body.Dispose();
        input.Dispose();
    }

    static Dictionary<string, string> Variables(Site site, HttpRequest request, string script, string rest, LoopSocket client)
    {
        SockAddr local = client.LocalAddress;
        SockAddr peer = client.RemoteAddress;
        string host = request.Headers.FirstOrDefault(field => field.Name.Equals("Host", StringComparison.OrdinalIgnoreCase)).Value
            ?? $"{local.Address}";
        var variables = new Dictionary<string, string>
        {
            ["GATEWAY_INTERFACE"] = "CGI/1.1",
            ["SERVER_SOFTWARE"] = "wwwd",
            ["SERVER_PROTOCOL"] = request.IsHttp11 ? "HTTP/1.1" : "HTTP/1.0",
            ["SERVER_NAME"] = host.LastIndexOf(':') is var colon and > 0 && !host.EndsWith(']') ? host[..colon] : host,
            ["SERVER_PORT"] = local.Port.ToString(CultureInfo.InvariantCulture),
            ["REMOTE_ADDR"] = $"{peer.Address}",
            ["REMOTE_PORT"] = peer.Port.ToString(CultureInfo.InvariantCulture),
            ["REQUEST_METHOD"] = request.Method,
            ["REQUEST_URI"] = request.Target,
            ["SCRIPT_NAME"] = script,
            ["SCRIPT_FILENAME"] = site.Root + script,
            ["QUERY_STRING"] = request.Query,
            ["DOCUMENT_ROOT"] = site.Root,
            ["PATH"] = Environment.GetEnvironmentVariable("PATH") ?? "/usr/bin:/bin",
        };
        if (rest.Length > 0)
            (variables["PATH_INFO"], variables["PATH_TRANSLATED"]) = (rest, site.Root + rest);
        if (request.Method == "POST")
            variables["CONTENT_LENGTH"] = request.ContentLength.ToString(CultureInfo.InvariantCulture);
        foreach ((string name, string value) in request.Headers)
        {
            // A name with an underscore would get the same variable as the name with a hyphen, which a proxy may have set or removed.
            if (name.Contains('_', StringComparison.Ordinal))
                continue;
            string variable = name.ToUpperInvariant().Replace('-', '_');

            // HTTP_PROXY would configure the program on behalf of the client. Credentials are not passed to programs.
            if (variable == "CONTENT_TYPE")
                variables[variable] = value;
            else if (variable is not ("CONTENT_LENGTH" or "PROXY" or "AUTHORIZATION" or "PROXY_AUTHORIZATION")
                && variable.All(c => char.IsAsciiLetterOrDigit(c) || c == '_'))
            {
                string key = "HTTP_" + variable;
                variables[key] = variables.TryGetValue(key, out string? earlier) ? $"{earlier}, {value}" : value;
            }
        }
        return variables;
    }
}
