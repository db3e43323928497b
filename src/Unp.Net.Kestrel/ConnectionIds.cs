namespace Unp.Net.Kestrel;

/// <summary>Names for connections, in the form of Kestrel's: 13 characters that count up from the time at which the process started.</summary>
static class ConnectionIds
{
    const int Length = 13;
    const int BitsPerCharacter = 5;

    static long last = DateTime.UtcNow.Ticks;

    public static string Next() => string.Create(Length, Interlocked.Increment(ref last), static (text, id) =>
    {
        for (int i = Length - 1; i >= 0; i--, id >>>= BitsPerCharacter)
            text[i] = "0123456789ABCDEFGHIJKLMNOPQRSTUV"[(int)(id & 31)];
    });
}
