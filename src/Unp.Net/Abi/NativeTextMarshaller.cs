using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.InteropServices.Marshalling;

namespace Unp.Net.Abi;

/// <summary>Passes a string to C as NUL-terminated <see cref="NativeText"/>, and null as a null pointer.</summary>
[CustomMarshaller(typeof(string), MarshalMode.ManagedToUnmanagedIn, typeof(ManagedToUnmanagedIn))]
static unsafe class NativeTextMarshaller
{
    internal ref struct ManagedToUnmanagedIn
    {
        byte* text;
        bool isAllocated;

        public static int BufferSize => 256;

        public void FromManaged(string? managed, Span<byte> buffer)
        {
            if (managed is null)
                return;
            int size = NativeText.GetByteCount(managed) + 1;
            isAllocated = size > buffer.Length;
            text = isAllocated ? (byte*)NativeMemory.Alloc((nuint)size)
                : (byte*)Unsafe.AsPointer(ref buffer[0]); // the generated code passes a buffer on the stack
            var room = new Span<byte>(text, size);
            room[NativeText.GetBytes(managed, room)] = 0;
        }

        public readonly byte* ToUnmanaged() => text;

        public readonly void Free()
        {
            if (isAllocated)
                NativeMemory.Free(text);
        }
    }
}
