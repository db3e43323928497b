namespace Unp.Net.Tests.LibcCalls;

sealed unsafe class ByNumberAndPointer : ByNumber
{
    public override int Bind(Fd fd, SockAddr address) => bind(N(fd), &address, (uint)address.Length);
    public override int Connect(Fd fd, SockAddr address) => connect(N(fd), &address, (uint)address.Length);

    public override int Accept(Fd fd, out SockAddr peer)
    {
        byte* storage = stackalloc byte[SockAddr.Capacity];
        uint length = SockAddr.Capacity;
        int result = accept(N(fd), storage, &length);
        peer = result < 0 ? default : Received(storage, length);
        return result;
    }

    public override int Accept4(Fd fd, out SockAddr peer, int flags)
    {
        byte* storage = stackalloc byte[SockAddr.Capacity];
        uint length = SockAddr.Capacity;
        int result = accept4(N(fd), storage, &length, flags);
        peer = result < 0 ? default : Received(storage, length);
        return result;
    }

    public override int Getsockname(Fd fd, out SockAddr address)
    {
        byte* storage = stackalloc byte[SockAddr.Capacity];
        uint length = SockAddr.Capacity;
        int result = getsockname(N(fd), storage, &length);
        address = result < 0 ? default : Received(storage, length);
        return result;
    }

    public override int Getpeername(Fd fd, out SockAddr address)
    {
        byte* storage = stackalloc byte[SockAddr.Capacity];
        uint length = SockAddr.Capacity;
        int result = getpeername(N(fd), storage, &length);
        address = result < 0 ? default : Received(storage, length);
        return result;
    }

    public override int Getsockopt(Fd fd, int level, int name, out int value)
    {
        uint length = sizeof(int);
        fixed (int* p = &value)
            return getsockopt(N(fd), level, name, p, &length);
    }

    public override int Setsockopt(Fd fd, int level, int name, int value) => setsockopt(N(fd), level, name, &value, sizeof(int));

    public override nint Read(Fd fd, byte[] buffer)
    {
        fixed (byte* p = buffer)
            return read(N(fd), p, (nuint)buffer.Length);
    }

    public override nint Write(Fd fd, byte[] data)
    {
        fixed (byte* p = data)
            return write(N(fd), p, (nuint)data.Length);
    }

    public override nint Recv(Fd fd, byte[] buffer, int flags)
    {
        fixed (byte* p = buffer)
            return recv(N(fd), p, (nuint)buffer.Length, flags);
    }

    public override nint Send(Fd fd, byte[] data, int flags)
    {
        fixed (byte* p = data)
            return send(N(fd), p, (nuint)data.Length, flags);
    }

    public override nint Recvfrom(Fd fd, byte[] buffer, int flags, out SockAddr from)
    {
        byte* storage = stackalloc byte[SockAddr.Capacity];
        uint length = SockAddr.Capacity;
        fixed (byte* p = buffer)
        {
            nint result = recvfrom(N(fd), p, (nuint)buffer.Length, flags, storage, &length);
            from = result < 0 ? default : Received(storage, length);
            return result;
        }
    }

    public override nint Readv(Fd fd, iovec[] pieces)
    {
        fixed (iovec* p = pieces)
            return readv(N(fd), p, pieces.Length);
    }

    public override nint Writev(Fd fd, iovec[] pieces)
    {
        fixed (iovec* p = pieces)
            return writev(N(fd), p, pieces.Length);
    }

    public override nint Recvmsg(Fd fd, ref msghdr message, int flags)
    {
        fixed (msghdr* p = &message)
            return recvmsg(N(fd), p, flags);
    }

    public override nint Sendmsg(Fd fd, msghdr message, int flags) => sendmsg(N(fd), &message, flags);

    public override int Recvmmsg(Fd fd, mmsghdr[] messages, int flags, timespec* timeout)
    {
        fixed (mmsghdr* p = messages)
            return recvmmsg(N(fd), p, (uint)messages.Length, flags, timeout);
    }

    public override int Sendmmsg(Fd fd, mmsghdr[] messages, int flags)
    {
        fixed (mmsghdr* p = messages)
            return sendmmsg(N(fd), p, (uint)messages.Length, flags);
    }

    public override nint Sendto(Fd fd, byte[] data, int flags, SockAddr to)
    {
        fixed (byte* p = data)
            return sendto(N(fd), p, (nuint)data.Length, flags, &to, (uint)to.Length);
    }
}

sealed unsafe class ByHandleAndPointer : ByHandle
{
    public override int Bind(Fd fd, SockAddr address) => bind(fd, &address, (uint)address.Length);
    public override int Connect(Fd fd, SockAddr address) => connect(fd, &address, (uint)address.Length);

    public override int Accept(Fd fd, out SockAddr peer)
    {
        byte* storage = stackalloc byte[SockAddr.Capacity];
        uint length = SockAddr.Capacity;
        int result = accept(fd, storage, &length);
        peer = result < 0 ? default : Received(storage, length);
        return result;
    }

    public override int Accept4(Fd fd, out SockAddr peer, int flags)
    {
        byte* storage = stackalloc byte[SockAddr.Capacity];
        uint length = SockAddr.Capacity;
        int result = accept4(fd, storage, &length, flags);
        peer = result < 0 ? default : Received(storage, length);
        return result;
    }

    public override int Getsockname(Fd fd, out SockAddr address)
    {
        byte* storage = stackalloc byte[SockAddr.Capacity];
        uint length = SockAddr.Capacity;
        int result = getsockname(fd, storage, &length);
        address = result < 0 ? default : Received(storage, length);
        return result;
    }

    public override int Getpeername(Fd fd, out SockAddr address)
    {
        byte* storage = stackalloc byte[SockAddr.Capacity];
        uint length = SockAddr.Capacity;
        int result = getpeername(fd, storage, &length);
        address = result < 0 ? default : Received(storage, length);
        return result;
    }

    public override int Getsockopt(Fd fd, int level, int name, out int value)
    {
        uint length = sizeof(int);
        fixed (int* p = &value)
            return getsockopt(fd, level, name, p, &length);
    }

    public override int Setsockopt(Fd fd, int level, int name, int value) => setsockopt(fd, level, name, &value, sizeof(int));

    public override nint Read(Fd fd, byte[] buffer)
    {
        fixed (byte* p = buffer)
            return read(fd, p, (nuint)buffer.Length);
    }

    public override nint Write(Fd fd, byte[] data)
    {
        fixed (byte* p = data)
            return write(fd, p, (nuint)data.Length);
    }

    public override nint Recv(Fd fd, byte[] buffer, int flags)
    {
        fixed (byte* p = buffer)
            return recv(fd, p, (nuint)buffer.Length, flags);
    }

    public override nint Send(Fd fd, byte[] data, int flags)
    {
        fixed (byte* p = data)
            return send(fd, p, (nuint)data.Length, flags);
    }

    public override nint Recvfrom(Fd fd, byte[] buffer, int flags, out SockAddr from)
    {
        byte* storage = stackalloc byte[SockAddr.Capacity];
        uint length = SockAddr.Capacity;
        fixed (byte* p = buffer)
        {
            nint result = recvfrom(fd, p, (nuint)buffer.Length, flags, storage, &length);
            from = result < 0 ? default : Received(storage, length);
            return result;
        }
    }

    public override nint Readv(Fd fd, iovec[] pieces)
    {
        fixed (iovec* p = pieces)
            return readv(fd, p, pieces.Length);
    }

    public override nint Writev(Fd fd, iovec[] pieces)
    {
        fixed (iovec* p = pieces)
            return writev(fd, p, pieces.Length);
    }

    public override nint Recvmsg(Fd fd, ref msghdr message, int flags)
    {
        fixed (msghdr* p = &message)
            return recvmsg(fd, p, flags);
    }

    public override nint Sendmsg(Fd fd, msghdr message, int flags) => sendmsg(fd, &message, flags);

    public override int Recvmmsg(Fd fd, mmsghdr[] messages, int flags, timespec* timeout)
    {
        fixed (mmsghdr* p = messages)
            return recvmmsg(fd, p, (uint)messages.Length, flags, timeout);
    }

    public override int Sendmmsg(Fd fd, mmsghdr[] messages, int flags)
    {
        fixed (mmsghdr* p = messages)
            return sendmmsg(fd, p, (uint)messages.Length, flags);
    }

    public override nint Sendto(Fd fd, byte[] data, int flags, SockAddr to)
    {
        fixed (byte* p = data)
            return sendto(fd, p, (nuint)data.Length, flags, &to, (uint)to.Length);
    }
}
