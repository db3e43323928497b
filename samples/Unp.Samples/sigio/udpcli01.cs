namespace Unp.Samples.sigio;

/// <summary>UDP echo client of chapter 8, for <see cref="udpserv01"/> (UNP 25.3).</summary>
static class udpcli01
{
    public static void Main(string[] args, ProgramOptions options) => udpcliserv.udpcli01.Main(args, options);
}
