using System.Text;

namespace Unp.Net.Tests.Streams;

/// <summary>
/// The book uses thread-specific data (UNP 26.5) because its readline has one buffer, so threads take each other's lines. Here each
/// descriptor has its buffer, so nothing is needed.
/// </summary>
public class ManyThreadsTests
{
    const int Threads = 32;
    const int Lines = 2000;

    [Fact]
    public void Threads_with_own_descriptors_get_own_lines_in_order()
    {
        using var start = new Barrier(Threads);
        BlockedThread<string>[] readers =
        [
            .. Enumerable.Range(0, Threads).Select(thread => new BlockedThread<string>(() =>
            {
                Pipe(out Fd read, out Fd write);
                using (read)
                {
                    var writer = new BlockedThread<bool>(() =>
                    {
                        using (write)
                        {
                            for (int i = 0; i < Lines; i++)
                                Write(write, Encoding.ASCII.GetBytes(Line(thread, i)));
                        }
                        return true;
                    });
                    start.SignalAndWait(Limit.Default);
                    string wrong = Compare(read, thread);
                    _ = writer.Result;
                    return wrong;
                }
            })),
        ];
        Assert.All(readers, reader => Assert.Equal("", reader.Result));
    }

    /// <summary>Bytes that one thread read ahead are available to the next thread that uses the descriptor.</summary>
    [Fact]
    public void Read_ahead_moves_with_descriptor_to_other_thread()
    {
        Pipe(out Fd read, out Fd write);
        using (read)
        {
            using (write)
                Write(write, "one\ntwo\nthree\n"u8);
            foreach (string expected in (string[])["one\n", "two\n", "three\n", ""])
                Assert.Equal(expected, new BlockedThread<string>(() => NextLine(read)).Result);
        }
    }

    static string Line(int thread, int number) => $"line {number} of thread {thread}{new string('.', number % 97)}\n";

    static string Compare(Fd read, int thread)
    {
        for (int i = 0; i < Lines; i++)
        {
            string line = NextLine(read);
            if (line != Line(thread, i))
                return $"thread {thread}, line {i}: {line}";
        }
        return NextLine(read);
    }

    static string NextLine(Fd read)
    {
        Span<byte> line = stackalloc byte[MAXLINE];
        return Encoding.ASCII.GetString(line[..Readline(read, line)]);
    }
}
