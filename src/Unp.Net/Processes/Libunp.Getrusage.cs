using static Unp.Net.Libc;

namespace Unp.Net;

public static unsafe partial class Libunp
{
    /// <summary>
    /// <c>getrusage(2)</c>: returns the processor time and other resources that this process or its children have used (figure 30.3's
    /// <c>pr_cpu_time</c>).
    /// </summary>
    /// <param name="who">
    /// RUSAGE_SELF; RUSAGE_CHILDREN for children that have ended and were waited for; RUSAGE_THREAD (not on macOS).
    /// </param>
    /// <exception cref="UnpException">EINVAL.</exception>
    /// <seealso href="https://man7.org/linux/man-pages/man2/getrusage.2.html">getrusage(2)</seealso>
    public static rusage Getrusage(int who)
    {
        rusage usage = default;
        return getrusage(who, &usage) == 0 ? usage : throw Failed("getrusage", $"{who}");
    }
}
