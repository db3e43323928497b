using System.Diagnostics;
using System.Globalization;

namespace Unp.Testing.Child;

/// <summary>Scenarios of messages to descriptors that accept no data, or without a free descriptor for the console.</summary>
static class Messages
{
    /// <summary>Prints with each function, from several threads, and exits with status 7 if none of them throws.</summary>
    internal static void PrintAll()
    {
        MessageWriter.ReplaceConsole();
        var thread = new Thread(() =>
        {
            Console.WriteLine("from a thread");
            err_msg("from a thread");
        });
        thread.Start();
        Console.Write("no line");
        Console.WriteLine(new string('x', 100_000));
        Errno.Last = Errno.ECONNRESET;
        Console.Error.WriteLine("an error");
        err_ret("read error");
        Require(Errno.Last == Errno.ECONNRESET, "the error has changed");
        thread.Join();
        throw new ExitException(7, "went on");
    }

    /// <summary>Prints the first message without a free descriptor, which the console would need.</summary>
    internal static void PrintWithoutDescriptors(bool byConsole)
    {
        if (byConsole)
            MessageWriter.ReplaceConsole();
        var taken = new Stack<int>(capacity: 100);
        while (dup(STDIN_FILENO) is >= 0 and int fd)
            taken.Push(fd);
        if (byConsole)
            Console.WriteLine("a line");
        err_msg("a message");
        err_ret("dup error");
        while (taken.TryPop(out int fd))
            _ = close(fd);
        Console.WriteLine("free again");
        err_quit("the end");
    }

    /// <summary>Prints to standard error while it is a full non-blocking pipe. The message is dropped after one second.</summary>
    internal static void PrintToFullPipe()
    {
        Pipe(out Fd read, out Fd write);
        using (read)
        using (write)
        {
            SetNonBlocking(write);
            while (Libc.write(write, new byte[4096]) > 0)
            {
            }
            Dup2(write, Fd.StandardError);
            long started = Stopwatch.GetTimestamp();
            err_msg("dropped");
            Console.WriteLine(Stopwatch.GetElapsedTime(started).TotalSeconds.ToString("F0", CultureInfo.InvariantCulture));
        }
    }

    /// <summary>Prints to standard error while it is a small non-blocking pipe, whose slow reader receives everything.</summary>
    internal static void PrintToSlowPipe()
    {
        Pipe(out Fd read, out Fd write);
        SetNonBlocking(write);
        Dup2(write, Fd.StandardError);
        write.Dispose();
        int total = 0;
        var reader = new Thread(() =>
        {
            byte[] buffer = new byte[4096];
            for (int n; (n = Read(read, buffer)) > 0 && buffer[n - 1] != '\n';)
                total += n;
        });
        reader.Start();
        err_msg(new string('x', 1_000_000));
        reader.Join();
        Console.WriteLine(total > 990_000);
    }

    /// <summary>Prints from several threads to the same pipe, where each line must stay whole.</summary>
    internal static void PrintAtOnce()
    {
        MessageWriter.ReplaceConsole();
        Thread[] threads = [.. Enumerable.Range(0, 4).Select(number => new Thread(() =>
        {
            for (int i = 0; i < 500; i++)
                Console.WriteLine(new string((char)('a' + number), 200));
        }))];
        Array.ForEach(threads, thread => thread.Start());
        Array.ForEach(threads, thread => thread.Join());
    }

    /// <summary>Prints text with every overload of a writer.</summary>
    internal static void PrintForms()
    {
        MessageWriter.ReplaceConsole();
        Console.Out.NewLine = "|\n";
        Console.WriteLine("a line");
        Console.WriteLine();
        Console.WriteLine(42);
        Console.WriteLine('c');
        Console.WriteLine("{0} and {1}", 1, 2);
        Console.WriteLine(['x', 'y', 'z'], 1, 2);
        Console.Out.WriteLine("span".AsSpan());
        Console.WriteLine((string?)null);
        foreach (char half in "\U0001F600")
            Console.Write(half);
        Console.Write("\uD83D");
        Console.WriteLine("lone");
        Console.WriteLine("bytes \uDCFF\uDCFE, \uDC00");
        Console.Error.WriteLine("error");
        Console.WriteLine("last");
        Console.Out.Close();
        Console.WriteLine("still open");
    }

    static void SetNonBlocking(Fd fd) => Fcntl(fd, F_SETFL, Fcntl(fd, F_GETFL) | O_NONBLOCK);

    static void Require(bool condition, string otherwise)
    {
        if (!condition)
            throw new ExitException(2, otherwise);
    }
}
