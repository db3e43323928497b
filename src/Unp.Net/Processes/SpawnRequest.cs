using System.Globalization;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using Unp.Net.Abi;
using static Unp.Net.Libc;

namespace Unp.Net;

/// <summary>The arguments of <c>posix_spawn(3)</c>, in C's form.</summary>
sealed unsafe class SpawnRequest : IDisposable
{
    /// <summary>Whether the C library can close all other descriptors in the child. musl, and glibc before 2.34, cannot.</summary>
    static readonly bool HasCloseFrom =
        !Target.IsMacOS
        && NativeLibrary.TryGetExport(NativeLibrary.GetMainProgramHandle(), nameof(posix_spawn_file_actions_addclosefrom_np), out _);

    readonly posix_spawn_file_actions_t* actions =
        (posix_spawn_file_actions_t*)NativeMemory.AllocZeroed((nuint)sizeof(posix_spawn_file_actions_t));
    readonly posix_spawnattr_t* attributes = (posix_spawnattr_t*)NativeMemory.AllocZeroed((nuint)sizeof(posix_spawnattr_t));
    readonly List<SafeHandle> held = [];
    readonly bool inheritsDescriptorLimit;
    readonly bool inheritsAffinity;
    readonly int end;
    bool hasActions;
    bool hasAttributes;

    internal SpawnRequest(SpawnOptions options)
    {
        try
        {
            Check(posix_spawn_file_actions_init(actions));
            hasActions = true;
            Check(posix_spawnattr_init(attributes));
            hasAttributes = true;
            SetAttributes(options);
            inheritsDescriptorLimit = options.InheritsDescriptorLimit;
            inheritsAffinity = options.InheritsAffinity;
            var plan = new DescriptorPlan(Hold(options.Descriptors));
            end = Math.Max(plan.End, plan.Spares.DefaultIfEmpty().Max() + 1);
            AddDescriptors(plan, options.HasCloseFrom ?? HasCloseFrom);
            if (options.Terminal is { } terminal)
                AddTerminal(terminal);
            if (options.WorkingDirectory is { } directory)
            {
                using var path = new NativeStrings([directory]);
                Check(posix_spawn_file_actions_addchdir_np(actions, path.Pointers[0]));
            }
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>Starts the program. Returns 0, or the error that prevented the start.</summary>
    internal Errno Start(string program, NativeStrings arguments, NativeStrings environment, out int pid)
    {
        using var path = new NativeStrings([program]);
        ulong[]? affinity = inheritsAffinity ? null : ChildAffinity.Widen();
        try
        {
            return new Errno(ChildDescriptorLimit.Start(inheritsDescriptorLimit, end, Spawn, out pid));
        }
        finally
        {
            ChildAffinity.Restore(affinity);
        }

        int Spawn(out int started)
        {
            int child = 0;
            int error = posix_spawn(&child, path.Pointers[0], actions, attributes, arguments.Pointers, environment.Pointers);
            started = child;
            return error;
        }
    }

    public void Dispose()
    {
        if (hasActions)
            _ = posix_spawn_file_actions_destroy(actions);
        if (hasAttributes)
            _ = posix_spawnattr_destroy(attributes);
        hasActions = hasAttributes = false;
        NativeMemory.Free(actions);
        NativeMemory.Free(attributes);
        foreach (SafeHandle handle in held)
            handle.DangerousRelease();
        held.Clear();
    }

    /// <summary>Keeps the descriptors open until the child has its own.</summary>
    Dictionary<int, int> Hold(IDictionary<int, SafeHandle> descriptors)
    {
        var sources = new Dictionary<int, int>();
        foreach (var (number, handle) in descriptors)
        {
            bool success = false;
            handle.DangerousAddRef(ref success);
            held.Add(handle);
            sources.Add(number, (int)handle.DangerousGetHandle());
        }
        return sources;
    }

    void SetAttributes(SpawnOptions options)
    {
        int flags = POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF;
        SigSet mask = options.SignalMask, defaults = options.DefaultSignals;

        // Some systems reject these two, which always have their default action.
        defaults.Remove(SIGKILL);
        defaults.Remove(SIGSTOP);

        // The C library ignores its internal signals in a posix_spawn child. After fork and exec they would not be ignored.
        for (int signo = 32; Target.IsLinux && signo <= 34; signo++)
            defaults.Add(signo);
        Check(posix_spawnattr_setsigmask(attributes, &mask));
        Check(posix_spawnattr_setsigdefault(attributes, &defaults));
        if (options.ProcessGroup is { } group)
        {
            flags |= POSIX_SPAWN_SETPGROUP;
            Check(posix_spawnattr_setpgroup(attributes, group));
        }
        if (options.StartsSession || options.Terminal is not null)
            flags |= POSIX_SPAWN_SETSID;
        if (Target.IsMacOS)
            flags |= POSIX_SPAWN_CLOEXEC_DEFAULT;
        Check(posix_spawnattr_setflags(attributes, (short)flags));
    }

    void AddDescriptors(DescriptorPlan plan, bool hasCloseFrom)
    {
        if (Target.IsMacOS)
            Inherit(plan);
        else
            Add(plan.Moves);

        if (hasCloseFrom && !Target.IsMacOS)
        {
            Close(plan.Gaps);
            Check(posix_spawn_file_actions_addclosefrom_np(actions, plan.End));
        }
        else
        {
            Close(plan.Unwanted(Target.IsLinux ? OpenDescriptors() : []));
        }
    }

    /// <summary>Names each descriptor in an action. With POSIX_SPAWN_CLOEXEC_DEFAULT the child gets no others.</summary>
    [SupportedOSPlatform("macos")]
    void Inherit(DescriptorPlan plan)
    {
        for (int standard = STDIN_FILENO; standard <= STDERR_FILENO; standard++)
        {
            if (fcntl(standard, F_GETFD) == 0)
                Check(posix_spawn_file_actions_addinherit_np(actions, standard));
        }
        Add(plan.Moves.Where(move => move.From != move.To));
        foreach (DescriptorMove same in plan.Moves.Where(move => move.From == move.To))
            Check(posix_spawn_file_actions_addinherit_np(actions, same.To));
    }

    /// <summary>
    /// Opens the terminal, which becomes the controlling terminal because the child leads a session without one. The actions run after
    /// setsid.
    /// </summary>
    void AddTerminal(string terminal)
    {
        using var path = new NativeStrings([terminal]);
        Check(posix_spawn_file_actions_addopen(actions, STDIN_FILENO, path.Pointers[0], O_RDWR, 0));
        for (int other = STDOUT_FILENO; other <= STDERR_FILENO; other++)
            Check(posix_spawn_file_actions_adddup2(actions, STDIN_FILENO, other));
    }

    void Add(IEnumerable<DescriptorMove> moves)
    {
        foreach (DescriptorMove move in moves)
            Check(posix_spawn_file_actions_adddup2(actions, move.From, move.To), $"descriptor {move.To} of the child");
    }

    void Close(IEnumerable<int> numbers)
    {
        foreach (int number in numbers)
            Check(posix_spawn_file_actions_addclose(actions, number));
    }

    /// <summary>
    /// Lists this process's descriptors. It misses a descriptor that another thread creates later without close-on-exec.
    /// </summary>
    static int[] OpenDescriptors() =>
    [
        .. Directory.EnumerateFileSystemEntries("/proc/self/fd")
            .Select(entry => int.Parse(Path.GetFileName(entry), CultureInfo.InvariantCulture)),
    ];

    /// <summary>Throws if a function has returned an error.</summary>
    /// <param name="error">The result of the call.</param>
    /// <param name="subject">What the call was about, or null.</param>
    /// <param name="call">The text of the call, which begins with the name of the function.</param>
    static void Check(int error, string? subject = null, [CallerArgumentExpression(nameof(error))] string call = "")
    {
        if (error != 0)
            throw new UnpException(new Errno(error), call[..call.IndexOf('(')], subject);
    }
}
