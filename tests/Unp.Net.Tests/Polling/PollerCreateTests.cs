namespace Unp.Net.Tests.Polling;

/// <summary>Tests which mechanism a program gets.</summary>
public class PollerCreateTests : PollerSuite
{
    [Theory, MemberData(nameof(Mechanisms))]
    public void Poller_is_created_by_name_and_by_environment(string mechanism)
    {
        using var byName = Poller.Create(mechanism);
        Assert.Equal(mechanism, byName.Mechanism);
        WithEnvironment(mechanism, () =>
        {
            using var byEnvironment = Poller.Create();
            Assert.Equal((byName.GetType(), mechanism), (byEnvironment.GetType(), byEnvironment.Mechanism));
        });
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    public void Default_poller_is_best_of_system(string? nothing) => WithEnvironment(nothing, () =>
    {
        using var poller = Poller.Create();
        Assert.IsType<EpollPoller>(poller);
    });

    [Theory]
    [InlineData("devpoll")]
    [InlineData("EPOLL")]
    [InlineData(" epoll")]
    public void Unknown_mechanism_is_rejected_with_list_of_known(string unknown)
    {
        Check(Assert.Throws<ArgumentException>("mechanism", () => Poller.Create(unknown)));
        WithEnvironment(unknown, () => Check(Assert.Throws<ArgumentException>("UNP_POLLER", () => Poller.Create())));

        void Check(ArgumentException refused)
        {
            foreach (string name in (string[])[$"\"{unknown}\"", "select", "poll", "epoll", "kqueue"])
                Assert.Contains(name, refused.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Mechanism_of_other_system_is_rejected_by_name()
    {
        string? library = Environment.GetEnvironmentVariable(TestKqueue.Variable);
        Environment.SetEnvironmentVariable(TestKqueue.Variable, null);
        try
        {
            const string Reason = "kqueue exists on macOS and FreeBSD only. Use epoll or poll.";
            Assert.Equal(Reason, Assert.Throws<PlatformNotSupportedException>(() => Poller.Create("kqueue")).Message);
            WithEnvironment("kqueue", () => Assert.Throws<PlatformNotSupportedException>(Poller.Create));
        }
        finally
        {
            Environment.SetEnvironmentVariable(TestKqueue.Variable, library);
        }
    }

    [Theory, MemberData(nameof(Mechanisms))]
    public void Descriptors_of_poller_are_close_on_exec(string mechanism)
    {
        HashSet<int> before = [.. Open()];
        using var poller = Poller.Create(mechanism);
        int[] opened = [.. Open().Where(number => !before.Contains(number))];
        Assert.NotEmpty(opened);
        Assert.All(opened, number => Assert.True(Kernel.IsCloseOnExec(Fd.Borrow(number))));

        static IEnumerable<int> Open() => Enumerable.Range(0, 1024).Where(Kernel.IsOpen);
    }

    /// <summary>Sets the variable for one test. Tests run one after another, so no other test sees it.</summary>
    static void WithEnvironment(string? poller, Action test)
    {
        string? before = Environment.GetEnvironmentVariable("UNP_POLLER");
        Environment.SetEnvironmentVariable("UNP_POLLER", poller);
        try
        {
            test();
        }
        finally
        {
            Environment.SetEnvironmentVariable("UNP_POLLER", before);
        }
    }
}
