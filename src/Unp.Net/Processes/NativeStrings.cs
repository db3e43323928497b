using System.Runtime.InteropServices;
using Unp.Net.Abi;

namespace Unp.Net;

/// <summary>C's <c>char *argv[]</c>: NUL-terminated strings as <see cref="NativeText"/>, followed by a null pointer.</summary>
sealed unsafe class NativeStrings : IDisposable
{
    byte** pointers;

    /// <summary>Copies the strings to memory that <see cref="Dispose"/> frees. They must not contain a NUL.</summary>
    internal NativeStrings(IReadOnlyCollection<string> strings)
    {
        nuint table = (nuint)(strings.Count + 1) * (nuint)sizeof(byte*);
        nuint size = table;
        foreach (string text in strings)
            size += (nuint)NativeText.GetByteCount(text) + 1;
        pointers = (byte**)NativeMemory.AllocZeroed(size);
        byte* next = (byte*)pointers + table;
        int index = 0;
        foreach (string text in strings)
        {
            pointers[index++] = next;
            int length = NativeText.GetByteCount(text);
            NativeText.GetBytes(text, new Span<byte>(next, length));
            next += length + 1;
        }
    }

    internal byte** Pointers => pointers;

    /// <summary>Returns the strings of a file, each of which ends with a NUL.</summary>
    internal static string[] Read(string file) => NativeText.GetString(File.ReadAllBytes(file)).Split('\0')[..^1];

    public void Dispose()
    {
        NativeMemory.Free(pointers);
        pointers = null;
    }
}
