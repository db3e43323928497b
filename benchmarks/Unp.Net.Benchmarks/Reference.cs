using System.Runtime.InteropServices;

namespace Unp.Net.Benchmarks;

/// <summary>The C functions of <c>benchmarks/reference</c>.</summary>
static partial class Reference
{
    const string Library = "reference";

    [LibraryImport(Library)]
    internal static partial long c_read_bytes(int fd, long count);

    [LibraryImport(Library)]
    internal static partial long c_thread_time();

    [LibraryImport(Library)]
    internal static partial nint c_reader_new(int fd, nuint size);

    [LibraryImport(Library)]
    internal static partial void c_reader_free(nint reader);

    [LibraryImport(Library)]
    internal static partial long c_read_lines(nint reader, long count);

    [LibraryImport(Library)]
    internal static partial long c_read_lines_bytewise(nint reader, long count);

    [LibraryImport(Library)]
    internal static partial long c_pass_descriptor(int to, int from, int descriptor, long count);

    [LibraryImport(Library)]
    internal static partial int c_send_segments(int fd);

    [LibraryImport(Library)]
    internal static partial long c_peek_packet_info(int fd, long count);

    [LibraryImport(Library)]
    internal static partial long c_receive_packet_info(int to, int from, long count);

    [LibraryImport(Library)]
    internal static partial long c_batches(int to, int from, long count);

    [LibraryImport(Library)]
    internal static partial long c_single_datagrams(int to, int from, long count);

    [LibraryImport(Library)]
    internal static partial long c_segments(int to, int from, long count);
}
