using System.Buffers;
using System.Collections;
using System.Net.Sockets;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http.Features;
using Unp.Net.Pipelines;

namespace Unp.Net.Kestrel;

// Its features: the connection itself is most of them, so that a connection costs no dictionary. What others set comes first.
sealed partial class UnpConnection
    : IFeatureCollection, IConnectionIdFeature, IConnectionTransportFeature, IConnectionItemsFeature, IMemoryPoolFeature, IConnectionLifetimeFeature,
    IConnectionEndPointFeature, IConnectionSocketFeature, ILoopSocketFeature, IPeerCredentialsFeature
{
    static readonly Type[] Own =
    [
        typeof(IConnectionIdFeature), typeof(IConnectionTransportFeature), typeof(IConnectionItemsFeature), typeof(IMemoryPoolFeature),
        typeof(IConnectionLifetimeFeature), typeof(IConnectionEndPointFeature), typeof(IConnectionSocketFeature), typeof(ILoopSocketFeature),
        typeof(IPeerCredentialsFeature),
    ];

    // Few, so that a list is faster than what finds things faster. Of one that was taken away the value is null.
    readonly List<KeyValuePair<Type, object?>> set = [];
    BorrowedSocket? borrowed;
    int revision;

    public MemoryPool<byte> MemoryPool { get; }

    public LoopSocket LoopSocket => connection.Socket;

    public PeerCredentials PeerCredentials => Libunp.Getpeercred(LoopSocket.Descriptor);

    /// <summary>For those who know .NET's socket: it is not to receive or send, and is of use until the connection is aborted or disposed.</summary>
    /// <exception cref="ObjectDisposedException">The connection is closed.</exception>
    Socket IConnectionSocketFeature.Socket
    {
        get
        {
            lock (set)
                return (borrowed ??= new BorrowedSocket(LoopSocket.Descriptor)).Socket;
        }
    }

    bool IFeatureCollection.IsReadOnly => false;

    int IFeatureCollection.Revision => revision;

    object? IFeatureCollection.this[Type key]
    {
        get => Get(key);
        set => Set(key, value);
    }

    TFeature? IFeatureCollection.Get<TFeature>()
        where TFeature : default => (TFeature?)Get(typeof(TFeature));

    void IFeatureCollection.Set<TFeature>(TFeature? instance)
        where TFeature : default => Set(typeof(TFeature), instance);

    IEnumerator<KeyValuePair<Type, object>> IEnumerable<KeyValuePair<Type, object>>.GetEnumerator() =>
        Own.Concat(set.Select(feature => feature.Key)).Distinct()
            .Select(key => KeyValuePair.Create(key, Get(key)!)).Where(feature => feature.Value is not null).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => ((IEnumerable<KeyValuePair<Type, object>>)this).GetEnumerator();

    /// <summary>.NET's socket has had its time: it would keep the descriptor open.</summary>
    void EndBorrowing()
    {
        lock (set)
        {
            borrowed?.Dispose();
            borrowed = null;
        }
    }

    object? Get(Type key)
    {
        foreach ((Type type, object? feature) in set)
        {
            if (type == key)
                return feature;
        }
        if (!Own.Contains(key))
            return null;
        return key == typeof(IPeerCredentialsFeature) && LocalEndPoint is not UnixDomainSocketEndPoint ? null : this;
    }

    void Set(Type key, object? feature)
    {
        revision++;
        int index = set.FindIndex(each => each.Key == key);
        if (index < 0)
            set.Add(new(key, feature));
        else
            set[index] = new(key, feature);
    }
}
