using System.Runtime.CompilerServices;
using Microsoft.Win32.SafeHandles;

namespace Unp.Net.Tests.Descriptors;

/// <summary>Descriptors that are never disposed, which the garbage collector closes eventually.</summary>
public class ForgottenTests
{
    [Fact]
    public void Unreachable_descriptor_is_closed() => AssertCollected(ForgetFd);

    [Fact]
    public void Unreachable_descriptor_with_line_reader_is_closed() => AssertCollected(ForgetFdWithReader);

    [Fact]
    public void Line_reader_does_not_keep_bcl_handle_alive() => AssertCollected(ForgetBclHandleWithReader);

    [Fact]
    public void Borrowed_descriptor_is_not_closed_by_unreachable_borrower()
    {
        using Fd owner = Socket(AF_INET, SOCK_STREAM);
        WeakReference borrower = Forget(owner);
        Limit.Until(() => Collected(borrower), "collected");
        Assert.True(Kernel.IsOpen(Kernel.Number(owner)));

        [MethodImpl(MethodImplOptions.NoInlining)]
        static WeakReference Forget(Fd owner) => new(Fd.Borrow(Kernel.Number(owner)));
    }

    static void AssertCollected(Func<int> forget)
    {
        int number = forget();
        Limit.Until(
            () =>
            {
                Collect();
                return !Kernel.IsOpen(number);
            },
            "closed");
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    static int ForgetFd() => Kernel.Number(Kernel.Apart(Socket(AF_INET, SOCK_STREAM)));

    [MethodImpl(MethodImplOptions.NoInlining)]
    static int ForgetFdWithReader()
    {
        Fd fd = Kernel.Apart(Open("/etc/hosts", O_RDONLY));
        Readline(fd, new byte[1]);
        return Kernel.Number(fd);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    static int ForgetBclHandleWithReader()
    {
        SafeFileHandle handle = Kernel.Apart(Open("/etc/hosts", O_RDONLY)).ToFileHandle();
        Readline(handle, new byte[1]);
        return Kernel.Number(handle);
    }

    static bool Collected(WeakReference reference)
    {
        Collect();
        return !reference.IsAlive;
    }

    static void Collect()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
    }
}
