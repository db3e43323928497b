using System.Globalization;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Unp.Net.Tests.Signals;

public class SignalTests
{
    public static TheoryData<int> Signals => [SIGUSR1, SIGUSR2, SIGHUP, SIGTERM, SIGALRM, SIGCHLD, SIGWINCH, SIGRTMIN + 5, SIGRTMAX];

    [Theory]
    [MemberData(nameof(Signals))]
    public void Handler_gets_number_of_signal(int signo)
    {
        var got = new Caught();
        using (Signal(signo, got.Add))
        {
            Send(signo);
            Assert.Equal(signo, got.Next());
            Send(signo);
            Assert.Equal(signo, got.Next());
        }
    }

    [Fact]
    public void Each_signal_goes_to_its_own_handler()
    {
        var first = new Caught();
        var second = new Caught();
        using (Signal(SIGUSR1, first.Add))
        using (Signal(SIGUSR2, second.Add))
        {
            Send(SIGUSR2);
            Assert.Equal(SIGUSR2, second.Next());
            Send(SIGUSR1);
            Assert.Equal(SIGUSR1, first.Next());
            Assert.True(first.IsEmpty);
            Assert.True(second.IsEmpty);
        }
    }

    [Fact]
    public void Second_handler_replaces_first_until_it_is_disposed()
    {
        var first = new Caught();
        var second = new Caught();
        using (Signal(SIGUSR1, first.Add))
        {
            using (Signal(SIGUSR1, second.Add))
            {
                Send(SIGUSR1);
                Assert.Equal(SIGUSR1, second.Next());
                Assert.True(first.IsEmpty);
            }
            Send(SIGUSR1);
            Assert.Equal(SIGUSR1, first.Next());
            Assert.True(second.IsEmpty);
        }
    }

    [Fact]
    public void Handler_disposed_after_its_replacement_is_not_restored()
    {
        var first = new Caught();
        var second = new Caught();
        var third = new Caught();
        using (Signal(SIGUSR1, first.Add))
        {
            IDisposable middle = Signal(SIGUSR1, second.Add);
            using (Signal(SIGUSR1, third.Add))
            {
                middle.Dispose();
                middle.Dispose();
                Send(SIGUSR1);
                Assert.Equal(SIGUSR1, third.Next());
            }
            Send(SIGUSR1);
            Assert.Equal(SIGUSR1, first.Next());
            Assert.True(second.IsEmpty);
        }
    }

    [Fact]
    public void Handler_stays_when_its_handle_is_collected()
    {
        // No other test may use this signal, because it stays handled when the first handle is collected.
        int signo = SIGRTMIN + 7;
        var first = new Caught();
        var second = new Caught();
        Install(signo, first.Add);
        Collect();
        Send(signo);
        Assert.Equal(signo, first.Next());

        using (Signal(signo, second.Add))
        {
            Collect();
            Send(signo);
            Assert.Equal(signo, second.Next());
        }
        Send(signo);
        Assert.Equal(signo, first.Next());

        [MethodImpl(MethodImplOptions.NoInlining)]
        static void Install(int signo, Action<int> handler) => Signal(signo, handler);
    }

    [Fact]
    public void Replaced_handlers_without_handles_are_collected()
    {
        WeakReference replaced = Replace(SIGRTMIN + 8);
        Collect();
        Assert.False(replaced.IsAlive);

        [MethodImpl(MethodImplOptions.NoInlining)]
        static WeakReference Replace(int signo)
        {
            var handler = new Caught();
            Signal(signo, handler.Add);
            Signal(signo, _ => { });
            return new WeakReference(handler);
        }
    }

    [Fact]
    public void Watch_runs_beside_handler_and_other_watches_until_disposed()
    {
        Caught handler = new(), first = new(), second = new();
        using (WatchSignal(SIGUSR1, first.Add))
        {
            using (Signal(SIGUSR1, handler.Add))
            using (WatchSignal(SIGUSR1, second.Add))
            {
                Send(SIGUSR1);
                Assert.Equal(SIGUSR1, handler.Next());
                Assert.Equal(SIGUSR1, first.Next());
                Assert.Equal(SIGUSR1, second.Next());
            }
            Send(SIGUSR1);
            Assert.Equal(SIGUSR1, first.Next());
            Assert.True(handler.IsEmpty && second.IsEmpty);
        }
    }

    [Fact]
    public void Watch_stays_when_it_is_collected()
    {
        int signo = SIGRTMIN + 9;
        var got = new Caught();
        Install(signo, got.Add);
        Collect();
        Send(signo);
        Assert.Equal(signo, got.Next());

        [MethodImpl(MethodImplOptions.NoInlining)]
        static void Install(int signo, Action<int> handler) => WatchSignal(signo, handler);
    }

    [Fact]
    public void Handler_of_another_registration_runs_beside()
    {
        var first = new Caught();
        var second = new Caught();
        using (PosixSignalRegistration.Create((PosixSignal)SIGUSR1, context => second.Add(SIGUSR1)))
        using (Signal(SIGUSR1, first.Add))
        {
            Send(SIGUSR1);
            Assert.Equal(SIGUSR1, first.Next());
            Assert.Equal(SIGUSR1, second.Next());
        }
    }

    public static TheoryData<int> DeadlySignals => [SIGTERM, SIGINT, SIGHUP, SIGUSR1, SIGRTMIN + 5];

    [Theory]
    [MemberData(nameof(DeadlySignals))]
    public void Handled_signal_ends_program_only_after_dispose(int signo)
    {
        using Peer program = ChildProcess.Start("handle a signal for a while", signo.ToString(CultureInfo.InvariantCulture));
        Assert.Equal("ready", program.ReadLine());
        program.Kill(signo);
        Assert.Equal($"handled {signo}", program.ReadLine());
        Assert.Equal("done", program.ReadLine());
        program.Kill(signo);
        Assert.Equal(128 + signo, program.WaitForExit());
    }

    [Fact]
    public void Signal_ignored_by_parent_is_handled()
    {
        // A shell ignores SIGINT for background programs, and nohup ignores SIGHUP.
        string child = Path.Combine(AppContext.BaseDirectory, "Unp.Testing.Child");
        string number = SIGINT.ToString(CultureInfo.InvariantCulture);
        using Peer program = Peer.Start("sh", "-c", "trap '' INT; exec \"$0\" \"$@\"", child, "handle a signal for a while", number);
        Assert.Equal("ready", program.ReadLine());
        program.Kill(SIGINT);
        Assert.Equal($"handled {SIGINT}", program.ReadLine());
        Assert.Equal("done", program.ReadLine());
        program.EndInput();
        Assert.Equal(0, program.WaitForExit());
    }

    [Fact]
    public void Blocked_call_continues_after_handler()
    {
        var got = new Caught();
        var (first, second) = Loopback.UnixPair();
        using (first)
        using (second)
        using (Signal(SIGUSR1, got.Add))
        {
            var reader = new BlockedThread<int>(() => Read(first, new byte[8])).WaitUntilIn("read");
            reader.Kill(SIGUSR1);
            Assert.Equal(SIGUSR1, got.Next());
            Assert.False(reader.Ended);
            Writen(second, "late"u8);
            Assert.Equal(4, reader.Result);
        }
    }

    [Fact]
    public void Signal_that_cannot_be_handled_is_rejected()
    {
        int[] impossible =
        [
            SIGKILL, SIGSTOP, SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGTRAP, SIGRTMIN, 0, -1, -4, int.MinValue, 65, 9999, int.MaxValue,
        ];
        foreach (int signo in impossible)
        {
            var refused = Assert.Throws<ArgumentOutOfRangeException>("signo", () => Signal(signo, _ => { }));
            Assert.Equal(signo, refused.ActualValue);
            Assert.Contains(signo.ToString(CultureInfo.InvariantCulture), refused.Message);
        }
        Assert.Throws<ArgumentNullException>("handler", () => Signal(SIGUSR1, (Action<int>)null!));
        Assert.Throws<ArgumentNullException>("handler", () => Signal(SIGUSR1, (Func<int, Task>)null!));
    }

    [Fact]
    public void Signal_reserved_by_C_library_is_rejected()
    {
        foreach (int signo in (int[])[32, 33])
            Assert.Throws<ArgumentOutOfRangeException>("signo", () => Signal(signo, _ => { }));
    }

    static void Collect()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
    }

    static void Send(int signo) => Assert.Equal(0, kill(getpid(), signo));
}
