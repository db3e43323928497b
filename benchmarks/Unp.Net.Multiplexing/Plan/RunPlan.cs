namespace Unp.Net.Multiplexing;

/// <summary>How much is measured, and how long.</summary>
sealed record RunPlan
{
    /// <summary>How often each competitor has its turn in each case.</summary>
    internal required int Rounds { get; init; }

    /// <summary>
    /// How often all processes are started anew, and the rounds go on with those: where in memory a process lies, and what the JIT has made of it, is worth
    /// some hundredths.
    /// </summary>
    internal required int Lives { get; init; }

    internal required int[] DispatchPairs { get; init; }

    internal int[] DispatchActive { get; } = [1, 100];

    /// <summary>How many bytes are passed along in a run.</summary>
    internal int DispatchWrites { get; } = 100;

    /// <summary>At least so long runs are repeated for one sample, in milliseconds.</summary>
    internal required int DispatchSample { get; init; }

    internal required int DispatchWarmUp { get; init; }

    internal required EchoCase[] EchoCases { get; init; }

    internal required EchoCase[] AsyncCases { get; init; }

    /// <summary>How long a sample is, and the load before it that is not counted, in milliseconds.</summary>
    internal required int EchoSample { get; init; }

    /// <inheritdoc cref="EchoSample"/>
    internal required int EchoSettle { get; init; }

    /// <summary>The load under which a .NET server reaches the JIT's last tier, in milliseconds of its processor time; once a process.</summary>
    internal required int EchoWarmUp { get; init; }

    /// <inheritdoc cref="EchoWarmUp"/>
    internal required int KestrelWarmUp { get; init; }

    /// <summary>The load under which a server is warmed up, if its part has no case of its own.</summary>
    internal static EchoCase WarmUpCase { get; } = new(50, 0, 64);

    internal static EchoCase KestrelCase { get; } = new(50, 0, 64);

    /// <summary>An answer has 13 bytes: Hello, World!</summary>
    internal static EchoCase HttpCase { get; } = new(64, 0, 13);

    /// <summary>The same for Kestrel, in which there is more to be compiled; and of its servers HTTP makes longer samples, as wrk takes its time to begin.</summary>
    internal RunPlan ForKestrel => this with { EchoWarmUp = KestrelWarmUp };

    /// <inheritdoc cref="ForKestrel"/>
    internal RunPlan ForHttp => ForKestrel with { EchoSettle = 100, EchoSample = 2 * EchoSample };

    /// <summary>The numbers of the rounds, by the lives in which they are.</summary>
    internal IEnumerable<IEnumerable<int>> RoundsByLife() => Enumerable.Range(0, Rounds).GroupBy(round => round * Math.Min(Lives, Rounds) / Rounds);

    /// <summary>What of it can be done with so many descriptors in a process.</summary>
    internal RunPlan Within(int descriptors)
    {
        const int OfTheRuntime = 100;
        return this with
        {
            DispatchPairs = [.. DispatchPairs.Where(pairs => 2 * pairs + OfTheRuntime <= descriptors)],
            EchoCases = [.. EchoCases.Where(@case => @case.Connections + OfTheRuntime <= descriptors)],
            AsyncCases = [.. AsyncCases.Where(@case => @case.Connections + OfTheRuntime <= descriptors)],
        };
    }

    /// <summary>For a look, in less than two minutes.</summary>
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

    /// <summary>The whole, in less than a quarter of an hour.</summary>
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

/// <summary>So many connections that send, so many that do nothing, and the size of a message.</summary>
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
