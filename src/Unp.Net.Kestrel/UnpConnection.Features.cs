using System.Buffers;
using System.Collections;
using System.Net.Sockets;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http.Features;
using Unp.Net.Pipelines;

namespace Unp.Net.Kestrel;

// The features of a connection. The connection implements its own features itself, so it needs no dictionary.
// A feature that middleware sets takes precedence over the connection's own feature.
sealed partial class UnpConnection
    : IFeatureCollection, IConnectionIdFeature, IConnectionTransportFeature, IConnectionItemsFeature, IMemoryPoolFeature,
    IConnectionLifetimeFeature, IConnectionEndPointFeature, IConnectionSocketFeature, ILoopSocketFeature, IPeerCredentialsFeature
{
    static readonly Type[] OwnFeatures =
    [
        typeof(IConnectionIdFeature), typeof(IConnectionTransportFeature), typeof(IConnectionItemsFeature), typeof(IMemoryPoolFeature),
        typeof(IConnectionLifetimeFeature), typeof(IConnectionEndPointFeature), typeof(IConnectionSocketFeature),
        typeof(ILoopSocketFeature), typeof(IPeerCredentialsFeature),
    ];

    // A list, because a linear search is fastest with so few entries. The value of a removed feature is null.
    readonly List<KeyValuePair<Type, object?>> overrides = [];
    BorrowedSocket? borrowed;
    int revision;

    public MemoryPool<byte> MemoryPool { get; }

    public LoopSocket LoopSocket => connection.Socket;

    public PeerCredentials PeerCredentials => Libunp.Getpeercred(LoopSocket.Descriptor);

    /// <summary>
    /// Gets a .NET socket over the connection's descriptor, for code that needs one. It must not receive or send, and works until the
    /// connection is aborted or disposed.
    /// </summary>
    /// <exception cref="ObjectDisposedException">The connection is closed.</exception>
    Socket IConnectionSocketFeature.Socket
    {
        get
        {
            lock (overrides)
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
        OwnFeatures.Concat(overrides.Select(feature => feature.Key)).Distinct()
            .Select(key => KeyValuePair.Create(key, Get(key)!)).Where(feature => feature.Value is not null).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => ((IEnumerable<KeyValuePair<Type, object>>)this).GetEnumerator();

    /// <summary>Disposes the .NET socket, which would keep the descriptor open.</summary>
    void DisposeBorrowedSocket()
    {
        lock (overrides)
        {
            borrowed?.Dispose();
            borrowed = null;
        }
    }

    object? Get(Type key)
    {
        foreach ((Type type, object? feature) in overrides)
        {
            if (type == key)
                return feature;
        }
        if (!OwnFeatures.Contains(key))
            return null;
        return key == typeof(IPeerCredentialsFeature) && LocalEndPoint is not UnixDomainSocketEndPoint ? null : this;
    }

    void Set(Type key, object? feature)
    {
        revision++;
        int index = overrides.FindIndex(each => each.Key == key);
        if (index < 0)
            overrides.Add(new(key, feature));
        else
            overrides[index] = new(key, feature);
    }
}
