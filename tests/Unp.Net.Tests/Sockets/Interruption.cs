using System.Collections.Concurrent;

namespace Unp.Net.Tests.Sockets;

/// <summary>A handled signal that can interrupt a blocked thread.</summary>
sealed class Interruption : IDisposable
{
    readonly BlockingCollection<int> handled = [];
    readonly IDisposable registration;

    public Interruption() => registration = Signal(SIGUSR1, handled.Add);

    /// <summary>
    /// Waits until the thread sleeps in the call, then interrupts it. After the handler has run, the kernel has ended the call, or
    /// restarted it if it restarts such calls.
    /// </summary>
    public void Hit<T>(BlockedThread<T> thread, params string[] systemCalls)
    {
        thread.WaitUntilIn(systemCalls);
        thread.Kill(SIGUSR1);
        Assert.True(handled.TryTake(out int signal, Limit.Default), "The signal was not handled.");
        Assert.Equal(SIGUSR1, signal);
    }

    public void Dispose()
    {
        registration.Dispose();
        handled.Dispose();
    }
}
