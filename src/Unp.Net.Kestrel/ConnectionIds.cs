namespace Unp.Net.Kestrel;

/// <summary>A source of connection ids in Kestrel's form: 13 characters, counted up from the start time of the process.</summary>
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
