using System.Runtime.InteropServices;

namespace Unp.Net.Tests.Messages;

/// <summary>Tests of messages with the credentials of their sender.</summary>
public class CredentialMessageTests
{
    [Theory]
    [MemberData(nameof(SocketPair.Types), MemberType = typeof(SocketPair))]
    public void Credentials_are_those_of_sender(int type)
    {
        using var pair = SocketPair.Unix(type, out Fd first, out Fd second);
        Setsockopt(second, SocketOptions.PassCred, true);
        Sendmsg(first, "x"u8);
        ReceivedMessage received = Recvmsg(second, new byte[1], 0, stackalloc byte[ControlSpace.Credentials]);
        Assert.False(received.IsControlTruncated);
        Assert.Equal(Getpeercred(second), Credentials(received));
    }

    [Fact]
    public void Credentials_of_missing_process_are_rejected()
    {
        using var pair = SocketPair.Unix(SOCK_DGRAM, out Fd first, out Fd second);
        Setsockopt(second, SocketOptions.PassCred, true);
        PeerCredentials self = Getpeercred(second);
        var control = new ControlWriter(stackalloc byte[ControlSpace.Credentials]);
        control.AddCredentials(self);
        Sendmsg(first, "x"u8, control: control.Written);
        Assert.Equal(self, Credentials(Recvmsg(second, new byte[1], 0, stackalloc byte[ControlSpace.Credentials])));

        // Without a process id, the credentials have the one of this process.
        control = new ControlWriter(stackalloc byte[ControlSpace.Credentials]);
        control.AddCredentials(self with { ProcessId = null });
        Sendmsg(first, "x"u8, control: control.Written);
        Assert.Equal(self, Credentials(Recvmsg(second, new byte[1], 0, stackalloc byte[ControlSpace.Credentials])));

        PeerCredentials nobody = self with { ProcessId = 0x3FFFFFFF };
        Errno refused = Assert.Throws<UnpException>(() =>
        {
            var control = new ControlWriter(stackalloc byte[ControlSpace.Credentials]);
            control.AddCredentials(nobody);
            Sendmsg(first, "x"u8, control: control.Written);
        }).Errno;
        Assert.Contains(refused, (Errno[])[Errno.EPERM, Errno.ESRCH]); // root may send false credentials, but only of an existing process
    }

    [Fact]
    public void Pidfd_of_sender_is_returned_to_caller()
    {
        using var pair = SocketPair.Unix(SOCK_SEQPACKET, out Fd first, out Fd second);
        Require(second, SocketOptions.PassPidFd);
        Sendmsg(first, "x"u8);
        ReceivedMessage received = Recvmsg(second, new byte[1], 0, stackalloc byte[ControlSpace.Number]);
        using Fd? process = received.Pidfd;
        Assert.NotNull(process);
        Assert.True(Kernel.IsCloseOnExec(process));
        Assert.Equal($"{Environment.ProcessId}", Kernel.Info(process, "Pid"));
        foreach (ControlMessage message in received.Control)
            Assert.Equal((SCM_PIDFD, -1), (message.Type, MemoryMarshal.Read<int>(message.Data)));
    }

    [Fact]
    public void Kernel_messages_leave_space_for_descriptors()
    {
        using var pair = SocketPair.Unix(SOCK_STREAM, out Fd first, out Fd second);
        Setsockopt(second, SocketOptions.PassCred, true);
        Setsockopt(second, SocketOptions.Timestamp, true);
        Require(second, SocketOptions.PassPidFd);
        Require(second, SocketOptions.PassSec);
        Write_fd(first, "x"u8, first);
        Assert.Equal(1, Read_fd(second, new byte[1], out Fd? passed));
        Assert.NotNull(passed);
        passed.Dispose();

        Sendmsg(first, "x"u8, descriptors: [first, second]);
        Fd[] room = new Fd[2];
        ReceivedMessage received = Recvmsg(second, new byte[1], 0, default, room);
        received.Pidfd?.Dispose();
        Assert.Equal((2, false), (received.DescriptorCount, received.IsControlTruncated));
        Array.ForEach(room, fd => fd.Dispose());
    }

    [Fact]
    [Trait("Kernel", "Smack")]
    public void Security_label_is_received_as_bytes()
    {
        using var pair = SocketPair.Unix(SOCK_DGRAM, out Fd first, out Fd second);
        Require(second, SocketOptions.PassSec);
        Sendmsg(first, "x"u8);
        string? label = null;
        foreach (ControlMessage message in Recvmsg(second, new byte[1], 0, stackalloc byte[300]).Control)
        {
            Assert.Equal((SOL_SOCKET, SCM_SECURITY), (message.Level, message.Type));
            label = System.Text.Encoding.UTF8.GetString(message.Data).TrimEnd('\0');
        }
        Assert.SkipWhen(label is null, "no security module of this kernel labels processes");
        Assert.NotEqual("", label);
    }

    static void Require(Fd fd, SocketOption<bool> option)
    {
        try
        {
            Setsockopt(fd, option, true);
        }
        catch (UnpException failure)
        {
            Assert.Skip($"this kernel has no {option}: {failure.Message}");
        }
    }

    static PeerCredentials Credentials(in ReceivedMessage received)
    {
        foreach (ControlMessage message in received.Control)
        {
            if (message.TryGetCredentials(out PeerCredentials credentials))
                return credentials;
        }
        throw new InvalidOperationException("no credentials came");
    }
}
