using System.Net.Sockets;
using Unp.Net.Abi;

namespace Unp.Net;

/// <summary>
/// The name service could not turn a host and service into addresses, or an address into names: <c>getaddrinfo(3)</c> and
/// <c>getnameinfo(3)</c> have errors of their own, <c>EAI_*</c>, apart from <c>errno</c> (book 11.6).
/// </summary>
/// <remarks>
/// It is a <see cref="SocketException"/> with the codes of .NET's resolver: HostNotFound (EAI_NONAME), TryAgain, NoRecovery, NoData,
/// AddressFamilyNotSupported (EAI_FAMILY, EAI_ADDRFAMILY), TypeNotFound (EAI_SERVICE), SocketNotSupported (EAI_SOCKTYPE), InvalidArgument (EAI_BADFLAGS),
/// NoBufferSpaceAvailable (EAI_MEMORY); EAI_SYSTEM has the code of its errno, and an unknown error SocketError.
/// </remarks>
public sealed class GaiException : SocketException
{
    internal GaiException(int error, string function, string? host, string? service)
        : base((int)SocketErrors.FromGai(error))
    {
        Error = error;
        Function = function;
        Host = host;
        Service = service;
        Message = $"{function} error for {host ?? "(no hostname)"}, {service ?? "(no service name)"}: {GaiText.Message(error)}";
    }

    /// <summary>The error, one of <c>Libc.EAI_*</c>.</summary>
    public int Error { get; }

    /// <summary>The constant's name, as <c>"EAI_NONAME"</c>.</summary>
    public string Name => GaiNames.NameOf(Error) ?? $"EAI {Error}";

    /// <summary>The C name of the function that failed: <c>"getaddrinfo"</c>, <c>"tcp_connect"</c>.</summary>
    public string Function { get; }

    /// <summary>The host that was asked for, or null where there was none.</summary>
    public string? Host { get; }

    /// <summary>The service or port that was asked for, or null where there was none.</summary>
    public string? Service { get; }

    /// <inheritdoc/>
    public override string Message { get; }

    /// <summary>The error, as <see cref="Error"/> has it.</summary>
    public override int ErrorCode => Error;
}
