using System.Buffers;
using System.ComponentModel;
using System.Text;
using Unp.Net.Abi;
using static Unp.Net.Libc;

namespace Unp.Net;

/// <summary>A writer to standard output or standard error that ignores failures, as C programs do.</summary>
/// <remarks>
/// <para>It writes directly to its descriptor and needs no other one. A full disk or a closed descriptor loses the message but
/// does not end the program.</para>
/// <para><see cref="Console"/> instead throws when a message cannot be written, and it opens descriptors at its first use. For both
/// reasons, servers should call <see cref="ReplaceConsole"/> at their start.</para>
/// <para>Each call writes at once, if possible by one <c>write(2)</c>, so the lines of standard output and standard error keep their order.
/// Any thread may write at any time. <see cref="Errno.Last"/> does not change.</para>
/// <para>If a non-blocking descriptor accepts no more data, the writer waits for it, at most one second per message. Then it drops the rest
/// of the message.</para>
/// <para>A program whose output is data must detect errors, so it should use <see cref="Libunp.Write"/>.</para>
/// </remarks>
public sealed class MessageWriter : TextWriter
{
    const int WriteTimeout = 1000; // milliseconds

    static bool isPrepared;

    readonly Lock writing = new();
    readonly int fd;
    char high; // a pending first half of a surrogate pair, or 0

    MessageWriter(int fd)
        : base(formatProvider: null)
    {
        this.fd = fd;
        CoreNewLine = ['\n'];
    }

    /// <summary>Gets the writer of descriptor 1.</summary>
    public static MessageWriter StandardOutput { get; } = new(STDOUT_FILENO);

    /// <summary>Gets the writer of descriptor 2, which <c>err_msg</c> and similar functions use.</summary>
    public static MessageWriter StandardError { get; } = new(STDERR_FILENO);

    /// <summary>Gets UTF-8, without a byte order mark.</summary>
    public override Encoding Encoding => field ??= new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);

    /// <summary>
    /// Makes <see cref="Console.Out"/> and <see cref="Console.Error"/> write by <see cref="StandardOutput"/> and
    /// <see cref="StandardError"/>.
    /// </summary>
    public static void ReplaceConsole()
    {
        Prepare();
        Console.SetOut(StandardOutput);
        Console.SetError(StandardError);
    }

    /// <summary>Loads the code that a message needs, and the assemblies that the console needs at its first use.</summary>
    /// <remarks>While no descriptor is free, the runtime cannot open an assembly's file, and it never tries again later.</remarks>
    internal static void Prepare()
    {
        if (isPrepared)
            return;
        isPrepared = true;
        StandardError.Write("");
        _ = StandardError.IsWritable(Environment.TickCount64 - WriteTimeout);
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
        int maxBytes = NativeText.MaxByteCount(1 + text.Length + end.Length);
        byte[]? rented = maxBytes > 1024 ? ArrayPool<byte>.Shared.Rent(maxBytes) : null;
        Span<byte> bytes = rented ?? stackalloc byte[maxBytes];
        lock (writing)
            WriteAll(bytes[..Encode(text, end, bytes)]);
        if (rented is not null)
            ArrayPool<byte>.Shared.Return(rented);
        Errno.Last = errno;
    }

    /// <summary>
    /// Encodes the text. The first half of a surrogate pair at its end is kept until the next call brings the second half.
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

    /// <summary>Waits until the descriptor accepts more data. Returns false when the message's time is over.</summary>
    bool IsWritable(long started)
    {
        long rest = WriteTimeout - (Environment.TickCount64 - started);
        pollfd asked = new() { fd = fd, events = POLLOUT };
        return rest > 0 && poll(new Span<pollfd>(ref asked), (int)rest) != 0;
    }
}
