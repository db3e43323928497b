namespace Unp.Samples.threads;

/// <summary><see cref="example01"/> with a mutex, which <c>lock</c> locks and unlocks, so nothing is lost (figure 26.18).</summary>
static class example02
{
    const int NLOOP = 5000;

    static readonly Lock CounterMutex = new();
    static int counter;

    public static void Main(string[] args, ProgramOptions options)
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
        for (int i = 0; i < NLOOP; i++)
        {
            lock (CounterMutex)
            {
                int val = counter;
                Console.WriteLine($"{Environment.CurrentManagedThreadId}: {val + 1}");
                counter = val + 1;
            }
        }
    }
}
