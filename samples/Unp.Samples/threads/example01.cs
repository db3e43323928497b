namespace Unp.Samples.threads;

/// <summary>
/// Two threads increment one variable without synchronization, so increments are lost now and then (figure 26.17).
/// </summary>
static class example01
{
    const int NLOOP = 5000;

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
        // The other thread may read the same value between the read and the write.
        for (int i = 0; i < NLOOP; i++)
        {
            int val = Volatile.Read(ref counter);
            Console.WriteLine($"{Environment.CurrentManagedThreadId}: {val + 1}");
            Volatile.Write(ref counter, val + 1);
        }
    }
}
