namespace Unp.Samples.server;

/// <summary>serv02, metered: how many clients has each child served? (figure 30.14)</summary>
static class serv02m
{
    public static void Main(string[] args, Options options) => Prefork.Run(nameof(serv02m), args, options, AcceptMode.Direct, isMetered: true);
}
