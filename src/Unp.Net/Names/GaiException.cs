using System.Net.Sockets;
using Unp.Net.Abi;

namespace Unp.Net;

/// <summary>
/// The exception for a failed lookup by <c>getaddrinfo(3)</c> or <c>getnameinfo(3)</c>. They have their own errors, <c>EAI_*</c>, apart
/// from <c>errno</c> (UNP 11.6).
/// </summary>
/// <remarks>
/// It is a <see cref="SocketException"/> with the codes of .NET's resolver: HostNotFound (EAI_NONAME), TryAgain, NoRecovery, NoData,
/// AddressFamilyNotSupported (EAI_FAMILY, EAI_ADDRFAMILY), TypeNotFound (EAI_SERVICE), SocketNotSupported (EAI_SOCKTYPE), InvalidArgument
/// (EAI_BADFLAGS), NoBufferSpaceAvailable (EAI_MEMORY). EAI_SYSTEM has the code of its errno, and an unknown error has SocketError.
/// </remarks>
public sealed class GaiException : SocketException
{
    /// <summary>Creates the exception for the failure of a function.</summary>
    /// <param name="error">The error code, one of <c>Libc.EAI_*</c>. EAI_SYSTEM takes its reason from <see cref="Errno.Last"/>.</param>
    /// <param name="function">The C name of the function that failed: <c>"getaddrinfo"</c>.</param>
    /// <param name="host">The requested host, or null.</param>
    /// <param name="service">The requested service or port, or null.</param>
    public GaiException(int error, string function, string? host, string? service)
        : base((int)SocketErrors.FromGai(error))
    {
        Error = error;
        Function = function;
        Host = host;
        Service = service;
        BookMessage = $"{function} error for {host ?? "(no hostname)"}, {service ?? "(no service name)"}: {GaiText.Message(error)}";
        Message = error == Libc.EAI_SERVICE && service is not null ? $"{BookMessage} ({ServiceHint(service)})" : BookMessage;
    }

    /// <summary>Gets the error code, one of <c>Libc.EAI_*</c>.</summary>
    public int Error { get; }

    /// <summary>Gets the name of the constant, such as <c>"EAI_NONAME"</c>.</summary>
    public string Name => GaiNames.NameOf(Error) ?? $"EAI {Error}";

    /// <summary>Gets the C name of the function that failed: <c>"getaddrinfo"</c>, <c>"tcp_connect"</c>.</summary>
    public string Function { get; }

    /// <summary>Gets the requested host, or null if none was given.</summary>
    public string? Host { get; }

    /// <summary>Gets the requested service or port, or null if none was given.</summary>
    public string? Service { get; }

    /// <inheritdoc/>
    public override string Message { get; }

    /// <summary>The line that <see cref="UnpProgram.Run(Action)"/> prints, with the text of the C library only.</summary>
    internal string BookMessage { get; }

    /// <summary>Gets the same code as <see cref="Error"/>.</summary>
    public override int ErrorCode => Error;

    // The C library's text does not say what is wrong with the service.
    static string ServiceHint(string service) =>
        service.All(char.IsAsciiDigit) ? "a port must be 0 to 65535" : "the service is unknown for this type of socket";
}
