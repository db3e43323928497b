namespace Unp.Samples.threads;

/// <summary>A file that a web client of this chapter fetches: the book's <c>struct file</c>.</summary>
sealed class WebFile(string name)
{
    public const int F_CONNECTING = 1; // the thread was created
    public const int F_DONE = 4; // the thread has read everything
    public const int F_JOINED = 8; // the main thread has waited for the thread

    public string f_name => name;

    /// <summary>Gets or sets the state. It is 0 before the thread is created.</summary>
    public int f_flags { get; set; }

    /// <summary>Gets or sets the thread that fetches the file.</summary>
    public Thread? f_tid { get; set; }

    /// <summary>Gets or sets whether the file could not be read to its end. The reason was printed.</summary>
    public bool HasFailed { get; set; }
}
