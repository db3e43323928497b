using System.Net.Sockets;

namespace Unp.Net.Tests.Polling;

/// <summary>Tests which events are reported, and with which data.</summary>
public class PollerEventsTests : PollerSuite
{
    const PollEvents Both = PollEvents.Readable | PollEvents.Writable;

    [Theory, MemberData(nameof(Mechanisms))]
    public void Unread_data_is_reported_until_it_is_read(string mechanism)
    {
        using var poller = Poller.Create(mechanism);
        using var pair = StreamPair.Unix(out Fd first, out Fd second);
        PollRegistration registration = poller.Add(first, PollEvents.Readable);
        AssertQuiet(poller);
        Writen(second, "xy"u8);
        for (int left = 2; left > 0; left--)
        {
            PollEvent reported = WaitForOne(poller);
            Assert.Equal(
                (registration, PollEvents.Readable, true, false),
                (reported.Registration, reported.Events, reported.IsReadable, reported.IsWritable));
            Read(first, new byte[1]);
        }
        AssertQuiet(poller);
    }

    [Theory, MemberData(nameof(Mechanisms))]
    public void Pending_connection_is_readable(string mechanism)
    {
        using var poller = Poller.Create(mechanism);
        using Fd listenfd = Loopback.Listener();
        poller.Add(listenfd, PollEvents.Readable);
        AssertQuiet(poller);
        using Fd client = Loopback.Connected(listenfd);
        Assert.Equal(PollEvents.Readable, WaitForOne(poller).Events);
    }

    [Theory, MemberData(nameof(Mechanisms))]
    public void End_of_stream_is_readable(string mechanism)
    {
        using var poller = Poller.Create(mechanism);
        using var pair = StreamPair.Tcp(out Fd client, out Fd server);
        poller.Add(server, PollEvents.Readable);
        AssertQuiet(poller);
        Shutdown(client, SHUT_WR);
        Assert.Equal(PollEvents.Readable, WaitForOne(poller).Events);
        Assert.Equal(0, Read(server, new byte[1]));
    }

    [Theory, MemberData(nameof(Mechanisms))]
    public void Socket_error_is_readable(string mechanism)
    {
        using var poller = Poller.Create(mechanism);
        using Fd datagram = Loopback.Datagram();
        Fd deaf = Loopback.Datagram();
        Connect(datagram, Getsockname(deaf));
        deaf.Dispose();
        poller.Add(datagram, PollEvents.Readable);
        AssertQuiet(poller);
        Writen(datagram, "x"u8);
        Assert.Equal(Expected(poller, PollEvents.Readable | PollEvents.Error, PollEvents.Readable), WaitForOne(poller).Events);
        Assert.Equal(Errno.ECONNREFUSED, Assert.Throws<UnpException>(() => Read(datagram, new byte[1])).Errno);
    }

    [Theory, MemberData(nameof(Mechanisms))]
    public void Free_space_is_writable(string mechanism)
    {
        using var poller = Poller.Create(mechanism);
        using var pair = StreamPair.Unix(out Fd first, out Fd second);
        Kernel.SetNonBlocking(first);
        while (write(first, new byte[4096]) > 0)
        {
        }
        poller.Add(first, Both);
        AssertQuiet(poller);
        Kernel.SetNonBlocking(second);
        while (read(second, new byte[65536]) > 0)
        {
        }
        Assert.Equal(PollEvents.Writable, WaitForOne(poller).Events);
        Assert.Equal(PollEvents.Writable, WaitForOne(poller).Events);
    }

    [Theory, MemberData(nameof(Mechanisms))]
    public void Completed_connect_is_writable(string mechanism)
    {
        using var poller = Poller.Create(mechanism);
        using var full = new FullListener(SockAddr.Loopback(AF_INET));
        using Fd client = Connecting(full.Address);
        poller.Add(client, Both);
        AssertQuiet(poller);
        Accept(full.Fd).Dispose();
        Assert.Equal(PollEvents.Writable, WaitForOne(poller).Events & Both);
        Assert.Equal(default, Getsockopt(client, SocketOptions.Error));
    }

    [Theory, MemberData(nameof(Mechanisms))]
    public void Refused_connect_is_writable(string mechanism)
    {
        using var poller = Poller.Create(mechanism);
        SockAddr address = Loopback.Deaf(out Fd holder);
        using (holder)
        using (Fd client = Connecting(address))
        {
            poller.Add(client, PollEvents.Writable);
            PollEvent reported = WaitForOne(poller);
            PollEvents expected = Expected(poller, PollEvents.Writable | PollEvents.HangUp | PollEvents.Error, PollEvents.Writable);
            Assert.Equal(expected, reported.Events);
            Assert.Equal(Errno.ECONNREFUSED, Getsockopt(client, SocketOptions.Error));
        }
    }

    [Theory, MemberData(nameof(Mechanisms))]
    public void Out_of_band_data_is_reported_on_request(string mechanism)
    {
        using var poller = Poller.Create(mechanism);
        using var pair = StreamPair.Tcp(out Fd client, out Fd server);
        PollRegistration registration = poller.Add(server, PollEvents.Readable | PollEvents.Priority);
        AssertQuiet(poller);
        Send(client, "!"u8, MSG_OOB);
        Assert.Equal(PollEvents.Priority, WaitForOne(poller).Events);
        poller.Modify(registration, PollEvents.Readable);
        AssertQuiet(poller);
    }

    [Theory, MemberData(nameof(Mechanisms))]
    public void PeerClosed_is_reported_together_with_unread_data(string mechanism)
    {
        using var poller = Poller.Create(mechanism);
        using var pair = StreamPair.Tcp(out Fd client, out Fd server);
        poller.Add(server, PollEvents.Readable | PollEvents.PeerClosed);
        Writen(client, "x"u8);
        Assert.Equal(PollEvents.Readable, WaitForOne(poller).Events);
        Shutdown(client, SHUT_WR);
        Limit.Until(() => WaitForOne(poller).Events == (PollEvents.Readable | PollEvents.PeerClosed), "PeerClosed");
        Assert.Equal(1, Read(server, new byte[2]));
        Assert.Equal(PollEvents.Readable | PollEvents.PeerClosed, WaitForOne(poller).Events);
    }

    [Theory, MemberData(nameof(Mechanisms))]
    public void Reset_connection_is_Readable_HangUp_and_Error(string mechanism)
    {
        foreach (PollEvents detail in (PollEvents[])[PollEvents.None, PollEvents.Error, PollEvents.HangUp])
        {
            PollEvents asked = PollEvents.Readable | detail;
            using var poller = Poller.Create(mechanism);
            using var pair = StreamPair.Tcp(out Fd client, out Fd server);
            poller.Add(server, asked);
            AssertQuiet(poller);
            Reset(client);
            Assert.Equal(Expected(poller, PollEvents.Readable | PollEvents.HangUp | PollEvents.Error, asked), WaitForOne(poller).Events);
        }
    }

    [Theory, MemberData(nameof(Mechanisms))]
    public void Closed_end_of_pipe_is_reported_at_other_end(string mechanism)
    {
        foreach (PollEvents asked in (PollEvents[])[0, PollEvents.Error | PollEvents.HangUp])
        {
            using var poller = Poller.Create(mechanism);
            Pipe(out Fd reader, out Fd writer);
            using (reader)
            {
                poller.Add(reader, PollEvents.Readable | asked);
                AssertQuiet(poller);
                writer.Dispose();
                Assert.Equal(Expected(poller, PollEvents.Readable | PollEvents.HangUp, asked), WaitForOne(poller).Events);
            }

            // Fill the pipe, so that only the closed read end makes it writable.
            Pipe(out reader, out writer);
            using (writer)
            {
                Kernel.SetNonBlocking(writer);
                while (write(writer, new byte[4096]) > 0)
                {
                }
                poller.Add(writer, PollEvents.Writable | asked);
                AssertQuiet(poller);
                reader.Dispose();
                Assert.Equal(Expected(poller, PollEvents.Writable | PollEvents.Error, asked), WaitForOne(poller).Events);
            }
        }
    }

    [Theory, MemberData(nameof(Mechanisms))]
    public void Interest_None_gets_HangUp_except_from_select_and_kqueue(string mechanism)
    {
        using var poller = Poller.Create(mechanism);
        using var pair = StreamPair.Tcp(out Fd client, out Fd server);
        poller.Add(server, PollEvents.None);
        Writen(client, "x"u8);
        Loopback.WaitUntilReadable(server);
        AssertQuiet(poller);
        Reset(client);
        if (mechanism is "select" or "kqueue")
            AssertSleeps(poller);
        else
            Assert.Equal(PollEvents.HangUp | PollEvents.Error, WaitForOne(poller).Events);
    }

    [Theory, MemberData(nameof(Mechanisms))]
    public void Events_carry_own_object_and_number(string mechanism)
    {
        using var poller = Poller.Create(mechanism);
        using var pair = StreamPair.Unix(out Fd first, out Fd second);
        object state = new();
        poller.Add(first, PollEvents.Writable, state);
        poller.Add(second, PollEvents.Writable, nint.MinValue);
        PollEvent[] reported = Wait(poller);
        Assert.Equal(2, reported.Length);
        foreach (PollEvent each in reported)
        {
            bool isFirst = each.Registration.Descriptor == first;
            Assert.Equal((isFirst ? state : null, isFirst ? 0 : nint.MinValue), (each.State, each.Data));
            Assert.Equal($"{each.Registration.Descriptor}: Writable", each.ToString());
        }
    }

    [Theory, MemberData(nameof(Mechanisms))]
    public void Interest_is_modified_and_removed(string mechanism)
    {
        using var poller = Poller.Create(mechanism);
        using var pair = StreamPair.Unix(out Fd first, out Fd second);
        PollRegistration registration = poller.Add(first, PollEvents.Readable);
        Writen(second, "x"u8);
        foreach (PollEvents interest in (PollEvents[])[PollEvents.Readable, PollEvents.Writable, Both, PollEvents.Writable])
        {
            poller.Modify(registration, interest);
            Assert.Equal((interest, interest), (registration.Interest, WaitForOne(poller).Events));
        }
        poller.Modify(registration, PollEvents.None);
        AssertQuiet(poller);
        poller.Modify(registration, Both);
        Assert.Equal((1, true, registration), (poller.Count, registration.IsAdded, poller.Find(first)));
        poller.Remove(registration);
        Assert.Equal((0, false, null), (poller.Count, registration.IsAdded, poller.Find(first)));
        AssertQuiet(poller);
        Assert.Same(poller.Add(first, Both), WaitForOne(poller).Registration);
    }

    [Theory, MemberData(nameof(Mechanisms))]
    public void Terminal_can_be_added(string mechanism)
    {
        using var poller = Poller.Create(mechanism);
        Assert.SkipWhen(!File.Exists("/dev/ptmx"), "There is no /dev/ptmx.");
        using Fd terminal = Open("/dev/ptmx", O_RDWR);
        poller.Add(terminal, Both);
        Assert.Equal(PollEvents.Writable, WaitForOne(poller).Events);
    }

    [Theory, MemberData(nameof(Mechanisms))]
    public void Descriptors_of_base_class_library_can_be_added(string mechanism)
    {
        using var poller = Poller.Create(mechanism);
        using var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(SockAddr.Loopback(AF_INET).ToEndPoint());
        listener.Listen();
        PollRegistration registration = poller.Add(listener.SafeHandle, PollEvents.Readable);
        using var client = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        client.Connect(listener.LocalEndPoint!);
        Assert.Same(registration, WaitForOne(poller).Registration);
    }

    /// <summary>Closes the socket so that the peer receives RST.</summary>
    static void Reset(Fd fd)
    {
        Setsockopt(fd, SocketOptions.Linger, TimeSpan.Zero);
        fd.Dispose();
    }

    static Fd Connecting(in SockAddr address)
    {
        Fd fd = Socket(address.Family, SOCK_STREAM);
        Kernel.SetNonBlocking(fd);
        if (connect(fd, address) == 0 || (Errno.Last != Errno.EINPROGRESS && Errno.Last != Errno.ECONNREFUSED))
            throw new InvalidOperationException("connect was done at once.");
        return fd;
    }
}
