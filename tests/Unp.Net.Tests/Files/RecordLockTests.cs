using Unp.Net.Tests.Sockets;

namespace Unp.Net.Tests.Files;

public sealed class RecordLockTests : IDisposable
{
    readonly TempDirectory directory = new();

    string Path => directory["locked"];

    public void Dispose() => directory.Dispose();

    [Fact]
    public void Lock_of_other_process_blocks_only_its_bytes()
    {
        using Fd file = Open(Path, O_RDWR | O_CREAT, 0x180);
        using Peer holder = ChildProcess.Start("hold a record lock", Path);
        Assert.Equal("held", holder.ReadLine());

        Fcntl(file, F_SETLK, new RecordLock(F_WRLCK, 0, 10));
        Fcntl(file, F_SETLK, new RecordLock(F_WRLCK, 20));
        UnpException refused = Assert.Throws<UnpException>(() => Fcntl(file, F_SETLK, new RecordLock(F_RDLCK, 19, 1)));
        Assert.Contains(refused.Errno, (Errno[])[Errno.EAGAIN, Errno.EACCES]);

        Assert.Equal(new RecordLock(F_WRLCK, 10, 10, SEEK_SET, holder.Id), Fcntl(file, F_GETLK, new RecordLock(F_WRLCK)));
        Assert.Equal(F_UNLCK, Fcntl(file, F_GETLK, new RecordLock(F_WRLCK, 100)).Type);
    }

    [Fact]
    public void Wait_for_lock_survives_signals_until_owner_exits()
    {
        using Fd file = Open(Path, O_RDWR | O_CREAT, 0x180);
        using Peer holder = ChildProcess.Start("hold a record lock", Path);
        Assert.Equal("held", holder.ReadLine());
        using var interruption = new Interruption();
        var waiting = new BlockedThread<RecordLock>(() => Fcntl(file, F_SETLKW, new RecordLock(F_WRLCK))).WaitUntilIn("fcntl");
        interruption.Hit(waiting, "fcntl");
        waiting.WaitUntilIn("fcntl");
        holder.Kill(SIGKILL);
        Assert.Equal(F_WRLCK, waiting.Result.Type);
    }

    [Fact]
    public void Lock_of_open_file_excludes_other_open_file_of_process()
    {
        using Fd file = Open(Path, O_RDWR | O_CREAT, 0x180);
        using Fd again = Open(Path, O_RDWR);
        Fcntl(file, F_OFD_SETLKW, new RecordLock(F_WRLCK));
        Assert.Throws<UnpException>(() => Fcntl(again, F_OFD_SETLK, new RecordLock(F_WRLCK)));
        Assert.Equal(-1, Fcntl(again, F_OFD_GETLK, new RecordLock(F_WRLCK)).ProcessId);
        Fcntl(file, F_OFD_SETLK, new RecordLock(F_UNLCK));
        Fcntl(again, F_OFD_SETLK, new RecordLock(F_WRLCK));
    }

    [Fact]
    public void Both_forms_report_conflicting_lock_and_error()
    {
        using Fd file = Open(Path, O_RDONLY | O_CREAT, 0x180);
        var record = new RecordLock(F_WRLCK);
        Assert.Equal(-1, fcntl(file, F_SETLK, ref record));
        Assert.Equal(Errno.EBADF, Errno.Last);
        Assert.Equal(-1, fcntl((int)file.DangerousGetHandle(), F_SETLK, ref record));
        Assert.Equal(Errno.EBADF, Errno.Last);
        Assert.Equal(0, fcntl((int)file.DangerousGetHandle(), F_GETLK, ref record));
        Assert.Equal(F_UNLCK, record.Type);
    }

    [Theory]
    [InlineData(65537, 0)]
    [InlineData(-65535, 0)]
    [InlineData(32768, 0)]
    [InlineData(1, 65536)]
    [InlineData(1, -32769)]
    public void Number_beyond_16_bits_is_refused(int type, int whence)
    {
        using Fd file = Open(Path, O_RDWR | O_CREAT, 0x180);
        var record = new RecordLock(type, Whence: whence);
        void Refused(Action call)
        {
            string message = Assert.Throws<ArgumentOutOfRangeException>("record", call).Message;
            Assert.Contains(whence == 0 ? $"RecordLock.Type {type}" : $"RecordLock.Whence {whence}", message);
        }
        Refused(() => Fcntl(file, F_SETLK, record));
        Refused(() => fcntl(file, F_SETLK, ref record));
        Refused(() => fcntl(Kernel.Number(file), F_SETLK, ref record));
    }

    [Fact]
    public void Unknown_type_is_einval()
    {
        using Fd file = Open(Path, O_RDWR | O_CREAT, 0x180);
        Assert.Equal(Errno.EINVAL, Assert.Throws<UnpException>(() => Fcntl(file, F_SETLK, new RecordLock(77))).Errno);
    }

    [Theory]
    [InlineData(F_GETFL)]
    [InlineData(F_SETFL)]
    [InlineData(F_GETFD)]
    [InlineData(4711)]
    public void Command_without_lock_is_refused_by_lock_form(int cmd)
    {
        using Fd file = Open(Path, O_RDWR | O_CREAT, 0x180);
        string message = Assert.Throws<ArgumentOutOfRangeException>(nameof(cmd), () => Fcntl(file, cmd, new RecordLock(F_WRLCK))).Message;
        Assert.Contains($"{cmd}", message);
    }

    [Fact]
    public void Lock_command_is_refused_by_number_form()
    {
        using Fd file = Open(Path, O_RDWR | O_CREAT, 0x180);
        foreach (int cmd in (int[])[F_SETLK, F_SETLKW, F_GETLK, F_OFD_SETLK, F_OFD_SETLKW, F_OFD_GETLK])
            Assert.Throws<ArgumentOutOfRangeException>(nameof(cmd), () => Fcntl(file, cmd, F_WRLCK));
    }
}
