namespace Unp.Samples.sigio;

/// <summary>UDP echo client, as in chapter 8 (section 25.3).</summary>
static class udpcli01
{
    public static void Main(string[] args, Options options) => udpcliserv.udpcli01.Main(args, options);
}
