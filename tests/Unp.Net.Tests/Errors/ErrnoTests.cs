using System.Reflection;
using System.Runtime.InteropServices;

namespace Unp.Net.Tests.Errors;

public class ErrnoTests
{
    [Theory]
    [InlineData(111, "ECONNREFUSED", "Connection refused")]
    [InlineData(98, "EADDRINUSE", "Address already in use")]
    [InlineData(11, "EAGAIN", "Resource temporarily unavailable")]
    [InlineData(2, "ENOENT", "No such file or directory")]
    [InlineData(95, "EOPNOTSUPP", "Operation not supported")]
    [InlineData(133, "EHWPOISON", "Memory page has hardware error")]
    public void Number_has_name_and_text_of_c_library(int value, string name, string message)
    {
        var errno = new Errno(value);
        Assert.Equal((value, name, message, $"{name} ({message})"), (errno.Value, errno.Name, errno.Message, errno.ToString()));
    }

    [Fact]
    public void Shortage_is_distinguished_from_other_errors()
    {
        Assert.All((Errno[])[Errno.EMFILE, Errno.ENFILE, Errno.ENOBUFS, Errno.ENOMEM], errno => Assert.True(errno.IsShortage));
        Assert.All((Errno[])[default, Errno.EAGAIN, Errno.EINVAL, Errno.ENOSPC, Errno.EPERM], errno => Assert.False(errno.IsShortage));
    }

    [Fact]
    public void Two_names_of_one_number_are_equal()
    {
        Assert.Equal(Errno.EAGAIN, Errno.EWOULDBLOCK);
        Assert.Equal(Errno.EOPNOTSUPP, Errno.ENOTSUP);
        Assert.Equal("EAGAIN", Errno.EWOULDBLOCK.Name);
    }

    [Theory]
    [InlineData(4711)]
    [InlineData(-1)]
    [InlineData(int.MaxValue)]
    public void Unknown_number_is_kept(int value)
    {
        Errno.Last = new Errno(value);
        Errno unknown = Errno.Last;
        Assert.Equal((value, $"errno {value}"), (unknown.Value, unknown.Name));
        Assert.Contains($"{value}", unknown.Message);
        Assert.Equal(new Errno(value), unknown);
    }

    [Fact]
    public void Zero_is_no_error()
    {
        Assert.Equal((0, "errno 0", "Success"), (default(Errno).Value, default(Errno).Name, default(Errno).Message));
        Assert.NotEqual(default, Errno.EPERM);
    }

    [Fact]
    public void Equality_is_that_of_numbers()
    {
        Errno one = new(111), other = new(98);
        Assert.True(one == Errno.ECONNREFUSED);
        Assert.False(one != Errno.ECONNREFUSED);
        Assert.True(one != other);
        Assert.False(one == other);
        Assert.False(one.Equals(other) || other.Equals(one));
        Assert.True(one.Equals((object)Errno.ECONNREFUSED));
        Assert.False(one.Equals((object)111));
        Assert.False(one.Equals((object?)null));
        Assert.Single(new HashSet<Errno> { one, Errno.ECONNREFUSED, new(111) });
    }

    [Fact]
    public void Constant_that_system_lacks_equals_no_reported_error()
    {
        Errno[] lacking = [Errno.EAUTH, Errno.EFTYPE, Errno.ENOTCAPABLE, Errno.EPROCLIM];
        Assert.All(lacking, absent =>
        {
            for (int value = 0; value < 4096; value++)
                Assert.True(absent != new Errno(value));
            Assert.StartsWith("errno ", absent.Name);
        });
    }

    [Fact]
    public void Every_constant_of_system_has_unique_name()
    {
        string[] aliases = ["EWOULDBLOCK", "ENOTSUP", "EDEADLOCK"];
        PropertyInfo[] constants =
        [
            .. typeof(Errno).GetProperties(BindingFlags.Public | BindingFlags.Static).Where(p => p.Name != nameof(Errno.Last)),
        ];
        Assert.True(constants.Length > 130);
        foreach (PropertyInfo constant in constants)
        {
            var errno = (Errno)constant.GetValue(null)!;
            if (errno.Value >= 0 && !aliases.Contains(constant.Name))
                Assert.Equal(constant.Name, errno.Name);
        }
    }

    [Fact]
    public void Last_is_error_of_failed_call()
    {
        Assert.Equal(-1, fcntl(-1, F_GETFD));
        Assert.Equal(Errno.EBADF, Errno.Last);
        Assert.Equal(-1, open("/no/such/file", O_RDONLY));
        Assert.Equal(Errno.ENOENT, Errno.Last);
        Errno.Last = Errno.ETIMEDOUT;
        Assert.Equal((Errno.ETIMEDOUT, (int)Errno.ETIMEDOUT.Value), (Errno.Last, Marshal.GetLastPInvokeError()));
    }

    [Fact]
    public void IsAny_compares_with_each_error()
    {
        Assert.True(Errno.EINTR.IsAny(Errno.EINTR, Errno.EAGAIN));
        Assert.True(Errno.EAGAIN.IsAny(Errno.EINTR, Errno.EAGAIN));
        Assert.False(Errno.EIO.IsAny(Errno.EINTR, Errno.EAGAIN));
        Assert.False(Errno.EIO.IsAny());
    }

    [Fact]
    public void Last_belongs_to_thread()
    {
        using var failed = new ManualResetEventSlim();
        bool failedHereToo = false;
        var other = new BlockedThread<Errno>(() =>
        {
            _ = fcntl(-1, F_GETFD);
            Errno own = Errno.Last;
            failed.Set();
            Errno.Last = own;
            long started = Environment.TickCount64;
            while (!Volatile.Read(ref failedHereToo) && Environment.TickCount64 - started < Limit.Default.TotalMilliseconds)
                Thread.SpinWait(100);
            return Errno.Last;
        });
        Assert.True(failed.Wait(Limit.Default, TestContext.Current.CancellationToken));
        _ = open("/no/such/file", O_RDONLY);
        Assert.Equal(Errno.ENOENT, Errno.Last);
        Volatile.Write(ref failedHereToo, true);
        Assert.Equal(Errno.EBADF, other.Result);
    }
}
