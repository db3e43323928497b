namespace Unp.Net.Multiplexing;

/// <summary>The amount and duration of the measurements.</summary>
sealed record RunPlan
{
    /// <summary>The number of turns of each competitor per case.</summary>
    internal required int Rounds { get; init; }

    /// <summary>
    /// How often all processes are restarted during the rounds. The memory layout of a process and the JIT's decisions change the results
    /// by some hundredths.
    /// </summary>
    internal required int Lives { get; init; }

    internal required int[] DispatchPairs { get; init; }

    internal int[] DispatchActive { get; } = [1, 100];

    /// <summary>The number of bytes passed along in a run.</summary>
    internal int DispatchWrites { get; } = 100;

    /// <summary>The minimum duration of a sample in milliseconds. Shorter runs are repeated.</summary>
    internal required int DispatchSample { get; init; }

    internal required int DispatchWarmUp { get; init; }

    internal required EchoCase[] EchoCases { get; init; }

    internal required EchoCase[] AsyncCases { get; init; }

    /// <summary>The duration of a sample, and of the uncounted load before it, in milliseconds.</summary>
    internal required int EchoSample { get; init; }

    /// <inheritdoc cref="EchoSample"/>
    internal required int EchoSettle { get; init; }

    /// <summary>
    /// The load after which a .NET server has reached the JIT's last tier, once per process, in milliseconds of processor time.
    /// </summary>
    internal required int EchoWarmUp { get; init; }

    /// <inheritdoc cref="EchoWarmUp"/>
    internal required int KestrelWarmUp { get; init; }

    /// <summary>The load that warms up a server whose part has no case of its own.</summary>
    internal static EchoCase WarmUpCase { get; } = new(50, 0, 64);

    internal static EchoCase KestrelCase { get; } = new(50, 0, 64);

    /// <summary>An answer has 13 bytes: Hello, World!</summary>
    internal static EchoCase HttpCase { get; } = new(64, 0, 13);

    /// <summary>The plan for Kestrel, which has more code to compile. HTTP samples are longer, because wrk needs time to start.</summary>
    internal RunPlan ForKestrel => this with { EchoWarmUp = KestrelWarmUp };

    /// <inheritdoc cref="ForKestrel"/>
    internal RunPlan ForHttp => ForKestrel with { EchoSettle = 100, EchoSample = 2 * EchoSample };

    /// <summary>Groups the numbers of the rounds by the restart to which they belong.</summary>
    internal IEnumerable<IEnumerable<int>> RoundsByLife() =>
        Enumerable.Range(0, Rounds).GroupBy(round => round * Math.Min(Lives, Rounds) / Rounds);

    /// <summary>Returns the part of the plan that fits into this number of descriptors per process.</summary>
    internal RunPlan Within(int descriptors)
    {
        const int RuntimeDescriptors = 100;
        return this with
        {
            DispatchPairs = [.. DispatchPairs.Where(pairs => 2 * pairs + RuntimeDescriptors <= descriptors)],
            EchoCases = [.. EchoCases.Where(@case => @case.Connections + RuntimeDescriptors <= descriptors)],
            AsyncCases = [.. AsyncCases.Where(@case => @case.Connections + RuntimeDescriptors <= descriptors)],
        };
    }

    /// <summary>A quick look, in less than two minutes.</summary>
    internal static RunPlan Quick { get; } = new()
    {
        Rounds = 5,
        Lives = 1,
        DispatchPairs = [10, 100, Competitors.SelectLimit, 1000, 3000],
        DispatchSample = 8,
        DispatchWarmUp = 400,
        EchoCases = [new(50, 0, 64), new(50, 900, 64), new(50, 8000, 64)],
        AsyncCases = [new(50, 0, 64), new(500, 0, 64)],
        EchoSample = 50,
        EchoSettle = 10,
        EchoWarmUp = 800,
        KestrelWarmUp = 3000,
    };

    /// <summary>The full plan, in less than a quarter of an hour.</summary>
    internal static RunPlan Full { get; } = new()
    {
        Rounds = 6,
        Lives = 3,
        DispatchPairs = [10, 30, 100, 300, Competitors.SelectLimit, 1000, 3000, 9000],
        DispatchSample = 30,
        DispatchWarmUp = 1500,
        EchoCases =
        [
            new(1, 0, 64), new(50, 0, 64), new(500, 0, 64),
            new(1, 900, 64), new(50, 900, 64), new(500, 900, 64),
            new(1, 8000, 64), new(50, 8000, 64), new(500, 8000, 64),
            new(50, 0, 16384), new(500, 0, 16384), new(50, 8000, 16384),
        ],
        AsyncCases = [new(50, 0, 64), new(500, 0, 64), new(50, 0, 16384), new(50, 8000, 64)],
        EchoSample = 150,
        EchoSettle = 30,
        EchoWarmUp = 5000,
        KestrelWarmUp = 6000,
    };
}

/// <summary>The numbers of active and idle connections and the size of a message.</summary>
sealed record EchoCase(int Active, int Idle, int Size)
{
    internal string Key => $"{Active}+{Idle} x {SizeText}";

    internal string SizeText => Size % 1024 == 0 ? $"{Size / 1024} KiB" : $"{Size} B";

    internal int Connections => Active + Idle;
}

/// <summary>The names of cases in the results.</summary>
static class Cases
{
    internal static string Dispatch(int pairs, int active) => $"n={pairs} a={active}";
}
