namespace Unp.Net.Tests.LibcCalls;

/// <summary>The overloads of Libc's functions: descriptors as numbers or handles, memory as spans or pointers.</summary>
abstract unsafe class Form
{
    public static readonly Dictionary<string, Form> All = new()
    {
        ["int"] = new ByNumber(),
        ["SafeHandle"] = new ByHandle(),
        ["int and pointers"] = new ByNumberAndPointer(),
        ["SafeHandle and pointers"] = new ByHandleAndPointer(),
    };

    public abstract int Bind(Fd fd, SockAddr address);
    public abstract int Connect(Fd fd, SockAddr address);
    public abstract int Listen(Fd fd, int backlog);
    public abstract int Accept(Fd fd, out SockAddr peer);
    public abstract int Accept4(Fd fd, out SockAddr peer, int flags);
    public abstract int Getsockname(Fd fd, out SockAddr address);
    public abstract int Getpeername(Fd fd, out SockAddr address);
    public abstract int Shutdown(Fd fd, int how);
    public abstract int Getsockopt(Fd fd, int level, int name, out int value);
    public abstract int Setsockopt(Fd fd, int level, int name, int value);
    public abstract nint Read(Fd fd, byte[] buffer);
    public abstract nint Write(Fd fd, byte[] data);
    public abstract nint Recv(Fd fd, byte[] buffer, int flags);
    public abstract nint Send(Fd fd, byte[] data, int flags);
    public abstract nint Recvfrom(Fd fd, byte[] buffer, int flags, out SockAddr from);
    public abstract nint Sendto(Fd fd, byte[] data, int flags, SockAddr to);
    public abstract nint Readv(Fd fd, iovec[] pieces);
    public abstract nint Writev(Fd fd, iovec[] pieces);
    public abstract nint Recvmsg(Fd fd, ref msghdr message, int flags);
    public abstract nint Sendmsg(Fd fd, msghdr message, int flags);
    public abstract int Recvmmsg(Fd fd, mmsghdr[] messages, int flags, timespec* timeout);
    public abstract int Sendmmsg(Fd fd, mmsghdr[] messages, int flags);
    public abstract int Sockatmark(Fd fd);
    public abstract int Fcntl(Fd fd, int command, int argument);
    public abstract int Ioctl(Fd fd, nuint request, ref int value);
    public abstract int Dup(Fd fd);
    public abstract int Dup2(Fd fd, Fd newfd);
    public abstract int Dup3(Fd fd, Fd newfd, int flags);

    /// <summary>Returns the address that a function wrote to a pointer, with the length that it reported.</summary>
    protected static SockAddr Received(byte* storage, uint length) => new(new ReadOnlySpan<byte>(storage, (int)length));
}

unsafe class ByNumber : Form
{
    protected static int N(Fd fd) => (int)fd.DangerousGetHandle();

    public override int Bind(Fd fd, SockAddr address) => bind(N(fd), address);
    public override int Connect(Fd fd, SockAddr address) => connect(N(fd), address);
    public override int Listen(Fd fd, int backlog) => listen(N(fd), backlog);
    public override int Accept(Fd fd, out SockAddr peer) => accept(N(fd), out peer);
    public override int Accept4(Fd fd, out SockAddr peer, int flags) => accept4(N(fd), out peer, flags);
    public override int Getsockname(Fd fd, out SockAddr address) => getsockname(N(fd), out address);
    public override int Getpeername(Fd fd, out SockAddr address) => getpeername(N(fd), out address);
    public override int Shutdown(Fd fd, int how) => shutdown(N(fd), how);
    public override int Getsockopt(Fd fd, int level, int name, out int value) => getsockopt(N(fd), level, name, out value);
    public override int Setsockopt(Fd fd, int level, int name, int value) => setsockopt(N(fd), level, name, value);
    public override nint Read(Fd fd, byte[] buffer) => read(N(fd), buffer);
    public override nint Write(Fd fd, byte[] data) => write(N(fd), data);
    public override nint Recv(Fd fd, byte[] buffer, int flags) => recv(N(fd), buffer, flags);
    public override nint Send(Fd fd, byte[] data, int flags) => send(N(fd), data, flags);
    public override nint Recvfrom(Fd fd, byte[] buffer, int flags, out SockAddr from) => recvfrom(N(fd), buffer, flags, out from);
    public override nint Sendto(Fd fd, byte[] data, int flags, SockAddr to) => sendto(N(fd), data, flags, to);
    public override nint Readv(Fd fd, iovec[] pieces) => readv(N(fd), pieces);
    public override nint Writev(Fd fd, iovec[] pieces) => writev(N(fd), pieces);
    public override nint Recvmsg(Fd fd, ref msghdr message, int flags) => recvmsg(N(fd), ref message, flags);
    public override nint Sendmsg(Fd fd, msghdr message, int flags) => sendmsg(N(fd), message, flags);
    public override int Recvmmsg(Fd fd, mmsghdr[] messages, int flags, timespec* timeout) => recvmmsg(N(fd), messages, flags, timeout);
    public override int Sendmmsg(Fd fd, mmsghdr[] messages, int flags) => sendmmsg(N(fd), messages, flags);
    public override int Sockatmark(Fd fd) => sockatmark(N(fd));
    public override int Fcntl(Fd fd, int command, int argument) => fcntl(N(fd), command, argument);
    public override int Dup(Fd fd) => dup(N(fd));
    public override int Dup2(Fd fd, Fd newfd) => dup2(N(fd), N(newfd));
    public override int Dup3(Fd fd, Fd newfd, int flags) => dup3(N(fd), N(newfd), flags);

    public override int Ioctl(Fd fd, nuint request, ref int value)
    {
        fixed (int* p = &value)
            return ioctl(N(fd), request, p);
    }
}

unsafe class ByHandle : Form
{
    public override int Bind(Fd fd, SockAddr address) => bind(fd, address);
    public override int Connect(Fd fd, SockAddr address) => connect(fd, address);
    public override int Listen(Fd fd, int backlog) => listen(fd, backlog);
    public override int Accept(Fd fd, out SockAddr peer) => accept(fd, out peer);
    public override int Accept4(Fd fd, out SockAddr peer, int flags) => accept4(fd, out peer, flags);
    public override int Getsockname(Fd fd, out SockAddr address) => getsockname(fd, out address);
    public override int Getpeername(Fd fd, out SockAddr address) => getpeername(fd, out address);
    public override int Shutdown(Fd fd, int how) => shutdown(fd, how);
    public override int Getsockopt(Fd fd, int level, int name, out int value) => getsockopt(fd, level, name, out value);
    public override int Setsockopt(Fd fd, int level, int name, int value) => setsockopt(fd, level, name, value);
    public override nint Read(Fd fd, byte[] buffer) => read(fd, buffer);
    public override nint Write(Fd fd, byte[] data) => write(fd, data);
    public override nint Recv(Fd fd, byte[] buffer, int flags) => recv(fd, buffer, flags);
    public override nint Send(Fd fd, byte[] data, int flags) => send(fd, data, flags);
    public override nint Recvfrom(Fd fd, byte[] buffer, int flags, out SockAddr from) => recvfrom(fd, buffer, flags, out from);
    public override nint Sendto(Fd fd, byte[] data, int flags, SockAddr to) => sendto(fd, data, flags, to);
    public override nint Readv(Fd fd, iovec[] pieces) => readv(fd, pieces);
    public override nint Writev(Fd fd, iovec[] pieces) => writev(fd, pieces);
    public override nint Recvmsg(Fd fd, ref msghdr message, int flags) => recvmsg(fd, ref message, flags);
    public override nint Sendmsg(Fd fd, msghdr message, int flags) => sendmsg(fd, message, flags);
    public override int Recvmmsg(Fd fd, mmsghdr[] messages, int flags, timespec* timeout) => recvmmsg(fd, messages, flags, timeout);
    public override int Sendmmsg(Fd fd, mmsghdr[] messages, int flags) => sendmmsg(fd, messages, flags);
    public override int Sockatmark(Fd fd) => sockatmark(fd);
    public override int Fcntl(Fd fd, int command, int argument) => fcntl(fd, command, argument);
    public override int Dup(Fd fd) => dup(fd);
    public override int Dup2(Fd fd, Fd newfd) => dup2(fd, newfd);
    public override int Dup3(Fd fd, Fd newfd, int flags) => dup3(fd, newfd, flags);

    public override int Ioctl(Fd fd, nuint request, ref int value)
    {
        fixed (int* p = &value)
            return ioctl(fd, request, p);
    }
}
