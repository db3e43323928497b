using System.Runtime.Versioning;
using static Unp.Net.Libc;
using static Unp.Net.Libunp;

namespace Unp.Net.Packets;

/// <summary>A capture of the packets of an interface on macOS and FreeBSD, through the device /dev/bpf (bpf(4)).</summary>
/// <remarks>The layouts of this type are proven by compilers, but it has not run on these systems. One thread reads at a time.</remarks>
/// <seealso href="https://man.freebsd.org/cgi/man.cgi?query=bpf&amp;sektion=4">bpf(4)</seealso>
[SupportedOSPlatform("macos")]
[SupportedOSPlatform("freebsd")]
public sealed unsafe class BpfDevice : IDisposable
{
    readonly byte[] buffer;
    int start;
    int end;

    /// <summary>Opens a free device, attaches it to the interface, and starts the capture.</summary>
    /// <param name="interfaceName">The name of the interface.</param>
    /// <param name="options">Null for the defaults. <see cref="CaptureOptions.BlockSize"/> is the length of the buffer.</param>
    /// <exception cref="UnpException">
    /// EACCES: the process may not open /dev/bpf; EBUSY: all devices are in use; ENXIO: no such interface; ENETDOWN: it is down.
    /// </exception>
    /// <exception cref="ArgumentException">An option is wrong, see <see cref="CaptureOptions.Validate"/>.</exception>
    /// <exception cref="NotSupportedException">
    /// The direction is <see cref="CaptureDirection.Sent"/>, the interface has an unknown type, or an option is for Linux only.
    /// </exception>
    public BpfDevice(string interfaceName, CaptureOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(interfaceName);
        options ??= CaptureOptions.Default;
        options.Validate();
        if (options.Direction == CaptureDirection.Sent || options.Clock != CaptureClock.Kernel || options.Fanout != null)
            throw new NotSupportedException("A capture device supports neither Direction Sent nor the options Clock and Fanout.");
        InterfaceName = interfaceName;
        Descriptor = OpenFree();
        try
        {
            int length = options.BlockSize;
            Ioctl(Descriptor, BIOCSBLEN, ref length);
            var request = new ifreq { ifr_name = interfaceName };

            // The filter precedes the interface, so no other packet arrives.
            Attach(CaptureFilter.Create(options.Filter, options.SnapLength, isCooked: false).InKernel);
            SetFlag(BIOCIMMEDIATE, true);
            SetFlag(BIOCSSEESENT, options.Direction == CaptureDirection.Both);
            Ioctl(Descriptor, BIOCSETIF, ref request);
            if (options.IsPromiscuous && ioctl(Descriptor, BIOCPROMISC, null) < 0)
                throw Failed(nameof(BIOCPROMISC));
            LinkType = ReadLinkType();
            Ioctl(Descriptor, BIOCGBLEN, ref length); // the kernel may have reduced it, and a read must ask for all of it
            buffer = new byte[length];
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>Gets the descriptor, which is non-blocking, for a <see cref="Poller"/>. Do not close it.</summary>
    public Fd Descriptor { get; }

    /// <summary>Gets the name of the interface.</summary>
    public string InterfaceName { get; }

    /// <summary>Gets the header that the packets begin with.</summary>
    public LinkType LinkType { get; }

    /// <summary>Gets the counters since the capture was opened.</summary>
    /// <exception cref="ObjectDisposedException">The capture is closed.</exception>
    public CaptureStatistics Statistics
    {
        get
        {
            bpf_stat counters;
            return ioctl(Descriptor, BIOCGSTATS, &counters) == 0
                ? new CaptureStatistics(counters.bs_recv, counters.bs_drop) : throw Failed(nameof(BIOCGSTATS));
        }
    }

    /// <summary>Returns the next packet if one is there. A read of the device replaces the previous packets.</summary>
    /// <param name="packet">The packet, which is valid until the next call.</param>
    /// <returns>False if no packet is there. <see cref="Wait"/> or a <see cref="Poller"/> waits for the next one.</returns>
    /// <exception cref="UnpException">ENXIO: the interface is gone; ENETDOWN: it is down. The message has its name.</exception>
    /// <exception cref="ObjectDisposedException">The capture is closed.</exception>
    public bool TryRead(out CapturedPacket packet)
    {
        while (true)
        {
            ReadOnlySpan<byte> records = buffer.AsSpan(start, end - start);
            if (bpf_hdr.TryReadNext(ref records, out bpf_hdr header, out ReadOnlySpan<byte> data))
            {
                start = end - records.Length;
                var time = PacketTime.FromUnixTime(header.bh_tstamp.tv_sec, header.bh_tstamp.tv_usec * 1000);
                packet = new CapturedPacket(data, (int)header.bh_datalen, time, LinkType);
                return true;
            }
            if (!TryFill())
            {
                packet = default;
                return false;
            }
        }
    }

    /// <summary>Waits until a packet is there.</summary>
    /// <param name="timeout">The longest wait, rounded up to milliseconds; zero checks once; null waits indefinitely.</param>
    /// <returns>False if the time is over.</returns>
    /// <remarks>Dispose does not end the wait. A <see cref="Poller"/> has <see cref="Poller.Wake"/>.</remarks>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="timeout"/> is negative.</exception>
    /// <exception cref="ObjectDisposedException">The capture is closed.</exception>
    public bool Wait(TimeSpan? timeout = null) => CaptureWait.For(Descriptor, timeout);

    /// <summary>Ends the capture.</summary>
    public void Dispose() => Descriptor.Dispose();

    /// <summary>Returns the interface and the link type.</summary>
    public override string ToString() => $"capture device of {InterfaceName}, {LinkType}";

    /// <summary>Reads the records of the device. Returns false if none are there.</summary>
    bool TryFill()
    {
        (start, end) = (0, 0);
        nint length;
        while ((length = read(Descriptor, buffer)) < 0 && Errno.Last == Errno.EINTR)
        {
        }
        if (length < 0)
            return Errno.Last == Errno.EAGAIN ? false : throw Failed("read");
        end = (int)length;
        return end > 0;
    }

    /// <summary>Opens the device that makes a new one for each open (FreeBSD), or the first that no other program uses (macOS).</summary>
    static Fd OpenFree()
    {
        if (!OperatingSystem.IsMacOS())
            return Open("/dev/bpf", O_RDWR | O_NONBLOCK);
        for (int number = 0; ; number++)
        {
            try
            {
                return Open($"/dev/bpf{number}", O_RDWR | O_NONBLOCK);
            }
            catch (UnpException e) when (e.Errno == Errno.EBUSY)
            {
            }
        }
    }

    LinkType ReadLinkType()
    {
        int kind = 0;
        Ioctl(Descriptor, BIOCGDLT, ref kind);
        return kind == DLT_EN10MB ? LinkType.Ethernet
            : kind == DLT_NULL ? LinkType.Null
            : kind == DLT_LOOP ? LinkType.Loop
            : kind == DLT_RAW ? LinkType.Raw
            : throw new NotSupportedException($"The packets of {InterfaceName} have the unknown type DLT {kind}.");
    }

    void Attach(BpfProgram filter)
    {
        fixed (sock_filter* first = filter.Instructions)
        {
            var program = new bpf_program { bf_len = (uint)filter.Instructions.Length, bf_insns = first };
            if (ioctl(Descriptor, BIOCSETF, &program) < 0)
                throw Failed(nameof(BIOCSETF));
        }
    }

    void SetFlag(uint request, bool isOn)
    {
        int value = isOn ? 1 : 0;
        Ioctl(Descriptor, request, ref value);
    }

    UnpException Failed(string function) => new(Errno.Last, function, $"interface {InterfaceName}");
}
