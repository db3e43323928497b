using System.Buffers;
using System.ComponentModel;
using System.Text;
using Unp.Net.Abi;
using static Unp.Net.Libc;

namespace Unp.Net;

/// <summary>
/// Standard output or standard error as C programs write them: straight to the descriptor, and a failure is ignored. A full disk or a
/// closed descriptor therefore loses the message and never ends the program, and a message needs no free descriptor.
/// </summary>
/// <remarks>
/// <para><see cref="Console"/> throws instead when a message cannot be written, and it opens descriptors at its first use. Servers should
/// call <see cref="ReplaceConsole"/> at their start for both reasons.</para>
/// <para>Each call writes at once, by one <c>write(2)</c> where the descriptor takes it, so the lines of standard output and standard
/// error keep their order. Any thread may write at any time. <see cref="Errno.Last"/> keeps its value.</para>
/// <para>A non-blocking descriptor that takes nothing more is waited for, at most a second per message. The rest of the message is then
/// dropped.</para>
/// <para>A program whose output is data must learn of an error, so it writes by <see cref="Libunp.Write"/> instead.</para>
/// </remarks>
public sealed class MessageWriter : TextWriter
{
    const int FullTimeout = 1000; // milliseconds

    readonly Lock writing = new();
    readonly int fd;
    char high;

    MessageWriter(int fd)
        : base(formatProvider: null)
    {
        this.fd = fd;
        CoreNewLine = ['\n'];
    }

    /// <summary>Gets the writer of descriptor 1.</summary>
    public static MessageWriter StandardOutput { get; } = new(STDOUT_FILENO);

    /// <summary>Gets the writer of descriptor 2, which <c>err_msg</c> and its relatives use.</summary>
    public static MessageWriter StandardError { get; } = new(STDERR_FILENO);

    /// <summary>Gets UTF-8, without a byte order mark.</summary>
    public override Encoding Encoding => field ??= new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);

    /// <summary>
    /// Makes <see cref="Console.Out"/> and <see cref="Console.Error"/> write by <see cref="StandardOutput"/> and <see
    /// cref="StandardError"/>.
    /// </summary>
    public static void ReplaceConsole()
    {
        Prepare();
        Console.SetOut(StandardOutput);
        Console.SetError(StandardError);
    }

    /// <summary>
    /// Loads all code that a message needs, and the assemblies that the console needs at its first use. When no descriptor is free the
    /// runtime cannot open an assembly's file, and then it never tries again.
    /// </summary>
    internal static void Prepare()
    {
        StandardError.Write("");
        _ = StandardError.IsWritable(Environment.TickCount64 - FullTimeout);
        _ = Errno.EMFILE.Message;
        Type[] inConsoleAssemblies =
        [
            typeof(Console), typeof(Barrier), typeof(MemoryExtensions), typeof(UTF8Encoding), typeof(Stack<int>), typeof(Win32Exception),
        ];
        GC.KeepAlive(inConsoleAssemblies);
    }

    /// <inheritdoc/>
    public override void Write(char value) => Write([value]);

    /// <inheritdoc/>
    public override void Write(string? value) => Write(value.AsSpan());

    /// <inheritdoc/>
    public override void Write(char[] buffer, int index, int count) => Write(buffer.AsSpan(index, count));

    /// <inheritdoc/>
    public override void Write(ReadOnlySpan<char> buffer) => Write(buffer, end: default);

    /// <inheritdoc/>
    public override void WriteLine() => Write(default, CoreNewLine);

    /// <inheritdoc/>
    public override void WriteLine(string? value) => Write(value, CoreNewLine);

    /// <inheritdoc/>
    public override void WriteLine(char[] buffer, int index, int count) => Write(buffer.AsSpan(index, count), CoreNewLine);

    /// <inheritdoc/>
    public override void WriteLine(ReadOnlySpan<char> buffer) => Write(buffer, CoreNewLine);

    void Write(ReadOnlySpan<char> text, ReadOnlySpan<char> end)
    {
        Errno errno = Errno.Last;
        int most = NativeText.MaxByteCount(1 + text.Length + end.Length);
        byte[]? rented = most > 1024 ? ArrayPool<byte>.Shared.Rent(most) : null;
        Span<byte> bytes = rented ?? stackalloc byte[most];
        lock (writing)
            WriteAll(bytes[..Encode(text, end, bytes)]);
        if (rented is not null)
            ArrayPool<byte>.Shared.Return(rented);
        Errno.Last = errno;
    }

    /// <summary>
    /// Encodes the text. The first half of a surrogate pair at its end waits for the second half, which the next call brings.
    /// </summary>
    int Encode(ReadOnlySpan<char> text, ReadOnlySpan<char> end, Span<byte> bytes)
    {
        int count = 0;
        if (high != 0 && text is [var first, ..])
        {
            bool isPair = char.IsLowSurrogate(first);
            count = NativeText.GetBytes(isPair ? [high, first] : [high], bytes);
            text = isPair ? text[1..] : text;
            high = default;
        }
        if (end.IsEmpty && text is [.., var last] && char.IsHighSurrogate(last))
        {
            high = last;
            text = text[..^1];
        }
        count += NativeText.GetBytes(text, bytes[count..]);
        return count + NativeText.GetBytes(end, bytes[count..]);
    }

    void WriteAll(ReadOnlySpan<byte> bytes)
    {
        long started = Environment.TickCount64;
        while (!bytes.IsEmpty)
        {
            nint written = write(fd, bytes);
            if (written > 0)
                bytes = bytes[(int)written..];
            else if (written == 0 || !(Errno.Last == Errno.EINTR || (Errno.Last == Errno.EAGAIN && IsWritable(started))))
                return;
        }
    }

    /// <summary>Waits until the descriptor takes more, and returns false once the time for the message is over.</summary>
    bool IsWritable(long started)
    {
        long rest = FullTimeout - (Environment.TickCount64 - started);
        pollfd asked = new() { fd = fd, events = POLLOUT };
        return rest > 0 && poll(new Span<pollfd>(ref asked), (int)rest) != 0;
    }
}
