// A web application whose connections are those of Unp.Net: unp-web [--urls http://127.0.0.1:8080 | http://unix:/tmp/web.sock]
//
//   curl http://127.0.0.1:8080/                                says hello, and on which loop
//   curl --unix-socket /tmp/web.sock http://web/who            says who asks, by the kernel's word
//   curl --data-binary @file http://127.0.0.1:8080/echo        sends back what it gets
//
// Started by systemd with a socket (or by hand with LISTEN_PID and LISTEN_FDS) it serves that one.

using Unp.Net;
using Unp.Net.Kestrel;
using Unp.Net.Pipelines;

// A full disk behind the log must not end the server.
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
