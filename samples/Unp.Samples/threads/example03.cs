namespace Unp.Samples.threads;

/// <summary>
/// A producer and a consumer with a buffer between them (UNP 26.8). The thread that finds the buffer full or empty waits for the other.
/// .NET's <see cref="Monitor"/> is the mutex with the condition variable.
/// <see cref="System.Collections.Concurrent.BlockingCollection{T}"/> provides the whole buffer.
/// </summary>
static class example03
{
    const int NLOOP = 50;
    const int BUFFSIZE = 8;

    static readonly object Mutex = new();
    static readonly int[] Buf = new int[BUFFSIZE];
    static int nitems;
    static int nextget;
    static int nextput;

    public static void Main(string[] args, ProgramOptions options)
    {
        var tidA = new Thread(Produce_loop);
        var tidB = new Thread(Consume_loop);
        tidA.Start();
        tidB.Start();

        tidA.Join();
        tidB.Join();
    }

    static void Produce_loop()
    {
        for (int i = 0; i < NLOOP; i++)
        {
            lock (Mutex)
            {
                while (nitems == BUFFSIZE)
                    Monitor.Wait(Mutex);
                Buf[nextput] = i;
                nextput = (nextput + 1) % BUFFSIZE;
                nitems++;
                Console.WriteLine($"produced {i}, {nitems} in the buffer");
                Monitor.Pulse(Mutex); // only one of the two can be waiting
            }
        }
    }

    static void Consume_loop()
    {
        for (int i = 0; i < NLOOP; i++)
        {
            lock (Mutex)
            {
                while (nitems == 0)
                    Monitor.Wait(Mutex);
                int item = Buf[nextget];
                nextget = (nextget + 1) % BUFFSIZE;
                nitems--;
                Console.WriteLine($"consumed {item}, {nitems} in the buffer");
                Monitor.Pulse(Mutex);
            }
        }
    }
}
