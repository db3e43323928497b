namespace Unp.Samples.threads;

/// <summary>
/// Two threads count in one variable, and nobody sees to it that one reads and writes it without the other in between: what each counts is
/// lost now and then (figure 26.17).
/// </summary>
static class example01
{
    const int NLOOP = 5000;

    static int counter;

    public static void Main(string[] args, Options options)
    {
        var tidA = new Thread(Doit);
        var tidB = new Thread(Doit);
        tidA.Start();
        tidB.Start();

        tidA.Join();
        tidB.Join();
    }

    static void Doit()
    {
        // Each prints the value as it is incremented, and the other one may do the same between these lines.
        for (int i = 0; i < NLOOP; i++)
        {
            int val = Volatile.Read(ref counter);
            Console.WriteLine($"{Environment.CurrentManagedThreadId}: {val + 1}");
            Volatile.Write(ref counter, val + 1);
        }
    }
}
