namespace Unp.Samples.tftp;

/// <summary>The end of a transfer by an ERROR packet of the client. It gets no answer.</summary>
sealed class TftpAbortException : Exception;
