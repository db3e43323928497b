using System.Runtime.CompilerServices;
using static Unp.Net.Libc;
using static Unp.Net.Libunp;

namespace Unp.Net.Multiplexing;

/// <summary>Socket pairs in a ring. The receiver of a byte passes it to the next pair while writes are left, as in dispatch.c.</summary>
sealed unsafe class Ring : IDisposable
{
    readonly Fd[] readers;
    readonly Fd[] writers;
    readonly int[] readerNumbers;
    readonly int[] writerNumbers;
    int received;
    int fired;
    int writesLeft;

    internal Ring(int pairs)
    {
        readers = new Fd[pairs];
        writers = new Fd[pairs];
        readerNumbers = new int[pairs];
        writerNumbers = new int[pairs];
        try
        {
            for (int i = 0; i < pairs; i++)
            {
                Socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK, 0, out readers[i], out Fd writer);
                writers[i] = i < FdSet.Capacity ? MoveAway(writer) : writer;
                readerNumbers[i] = (int)readers[i].DangerousGetHandle();
                writerNumbers[i] = (int)writers[i].DangerousGetHandle();
            }
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    internal static Ring Empty { get; } = new(0);

    internal ReadOnlySpan<Fd> Readers => readers;

    internal bool IsDone => received == fired;

    internal int Number(int index) => readerNumbers[index];

    internal void Fire(int active, int writes)
    {
        received = 0;
        fired = active;
        writesLeft = writes;
        int space = readers.Length / active;
        byte e = (byte)'e';
        for (int i = 0; i < active; i++)
            Check(write(writerNumbers[i * space], &e, 1), "write");
    }

    [SkipLocalsInit]
    internal void OnReadable(int index)
    {
        byte* bytes = stackalloc byte[64];
        nint got = read(readerNumbers[index], bytes, 64);
        Check(got, "read");
        received += (int)got;
        for (; got > 0 && writesLeft > 0; got--, writesLeft--, fired++)
            Check(write(writerNumbers[index + 1 == writerNumbers.Length ? 0 : index + 1], bytes, 1), "write");
    }

    public void Dispose()
    {
        foreach (Fd? reader in readers)
            reader?.Dispose();
        foreach (Fd? writer in writers)
            writer?.Dispose();
    }

    /// <summary>Moves a writer to a high number, because select needs the low numbers for the watched descriptors.</summary>
    static Fd MoveAway(Fd writer)
    {
        using (writer)
        {
            int moved = fcntl(writer, F_DUPFD_CLOEXEC, FdSet.Capacity);
            Check(moved, "fcntl");
            return new Fd(moved);
        }
    }

    static void Check(nint result, string function)
    {
        if (result <= 0)
            throw new UnpException(Errno.Last, function);
    }
}
