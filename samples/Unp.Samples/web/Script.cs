using System.Globalization;
using Unp.Net.Pipelines;

namespace Unp.Samples.web;

/// <summary>A program of the cgi-bin that runs for a request (RFC 3875), in a process group of its own, so that it can be ended with its children.</summary>
sealed class Script : IDisposable
{
    /// <summary>How many may run at once, for the whole server.</summary>
    const int MostRunning = 64;

    /// <summary>The number of the program's own file in the child.</summary>
    const int ProgramDescriptor = 3;

    static int running;

    /// <summary>So many bytes may still come from one that has answered: it is not stopped in the middle of a line.</summary>
    const int MostBehind = 1 << 20;

    readonly SpawnedProcess process;
    readonly LoopSocket input;

    Script(SpawnedProcess process, LoopSocket input, LoopSocket output)
    {
        this.process = process;
        this.input = input;
        Output = output;
    }

    /// <summary>What it says.</summary>
    public LoopSocket Output { get; }

    /// <summary>Starts it, and has the body written to its standard input.</summary>
    /// <exception cref="UnpException">It could not be started; EAGAIN: too many run already.</exception>
    /// <param name="program">The program's file, as it was checked.</param>
    /// <param name="site">The directory of the programs.</param>
    /// <param name="request">The request.</param>
    /// <param name="script">The program's path in the site.</param>
    /// <param name="rest">The path behind it.</param>
    /// <param name="body">The request's body, which is disposed when the program has it.</param>
    /// <param name="client">The client.</param>
    public static Script Start(Fd program, Site site, HttpRequest request, string script, string rest, RequestBody body, LoopSocket client)
    {
        if (Interlocked.Increment(ref running) > MostRunning)
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
                        SearchPath = false,
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
    /// The path by which the child executes what its parent has opened and checked, whatever has the program's name by then. A script's
    /// interpreter opens that path too, so the descriptor stays open in the program. Other systems than Linux have the name only.
    /// </summary>
    static string ProgramPath(Site site, string script) =>
        OperatingSystem.IsLinux() ? $"/proc/self/fd/{ProgramDescriptor}" : site.Root + script;

    /// <summary>A pipe, one end of which is the script's.</summary>
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

    /// <summary>One that has answered may finish what it does besides; it is ended if that takes too long.</summary>
    public void LetEnd(TimeSpan patience) => Output.Loop.Start(() => LetEndAsync(patience));

    async Task LetEndAsync(TimeSpan patience)
    {
        using (this)
        {
            using var late = new CancellationTokenSource();
            using LoopTimer end = Output.Loop.Schedule(patience, late.Cancel); // a CancellationTokenSource takes 49 days at most
            try
            {
                byte[] ignored = new byte[4096];
                int left = MostBehind;
                while (left > 0 && await Output.ReceiveAsync(ignored, late.Token) is var got and > 0)
                    left -= got;
                if (left > 0)
                    await Output.Loop.WaitForExitAsync(process, late.Token);
            }
            catch (Exception e) when (e is OperationCanceledException or UnpException or ObjectDisposedException)
            {
                // It had its time, or the server ends.
            }
        }
    }

    /// <summary>Ends it with its children, unless it has been waited for.</summary>
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
            // It has ended before.
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
            // It does not read, or has ended.
        }
        body.Dispose();
        input.Dispose();
    }

    static Dictionary<string, string> Variables(Site site, HttpRequest request, string script, string rest, LoopSocket client)
    {
        SockAddr local = Getsockname(client.Descriptor);
        SockAddr peer = Getpeername(client.Descriptor);
        string host = request.Headers.FirstOrDefault(field => field.Name.Equals("Host", StringComparison.OrdinalIgnoreCase)).Value ?? $"{local.Address}";
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
            // Its variable would be that of the name with hyphens, which a proxy may have set or removed.
            if (name.Contains('_', StringComparison.Ordinal))
                continue;
            string variable = name.ToUpperInvariant().Replace('-', '_');

            // HTTP_PROXY would be a program's own setting, made by a stranger; an authorization is not the program's business.
            if (variable == "CONTENT_TYPE")
                variables[variable] = value;
            else if (variable is not ("CONTENT_LENGTH" or "PROXY" or "AUTHORIZATION" or "PROXY_AUTHORIZATION") && variable.All(c => char.IsAsciiLetterOrDigit(c) || c == '_'))
                variables["HTTP_" + variable] = variables.TryGetValue("HTTP_" + variable, out string? earlier) ? $"{earlier}, {value}" : value;
        }
        return variables;
    }
}
