// A web application over the Unp.Net transport: unp-web [--urls http://127.0.0.1:8080 | http://unix:/tmp/web.sock]
//
//   curl http://127.0.0.1:8080/                                says hello and names the loop that serves the request
//   curl --unix-socket /tmp/web.sock http://web/who            names the client process, as the kernel reports it
//   curl --data-binary @file http://127.0.0.1:8080/echo        sends the request body back
//
// If systemd passes a listening socket (or a script does, with LISTEN_PID and LISTEN_FDS), the program serves that socket.

using Unp.Net;
using Unp.Net.Kestrel;
using Unp.Net.Pipelines;

// The server must keep running when the log cannot be written, for example because the disk is full.
UnpProgram.OpenStandardDescriptors();
MessageWriter.ReplaceConsole();

WebApplicationBuilder builder = WebApplication.CreateSlimBuilder(args);
builder.WebHost.UseUnpTransport();
builder.WebHost.ConfigureKestrel(kestrel => kestrel.UseSystemd());

WebApplication app = builder.Build();
app.MapGet("/", () => $"hello from {EventLoop.Current?.ToString() ?? "the thread pool"}\n");
app.MapGet("/who", (HttpContext context) => context.Features.Get<IPeerCredentialsFeature>() is { PeerCredentials: var peer }
    ? $"process {peer.ProcessId} of user {peer.UserId}\n"
    : $"{context.Connection.RemoteIpAddress}\n");
app.MapPost("/echo", (HttpContext context) => context.Request.Body.CopyToAsync(context.Response.Body));
app.Run();
