using System.Globalization;

namespace Unp.Samples.ioctl;

/// <summary>The counters of an interface in the lines of net-tools.</summary>
static class InterfaceCounters
{
    static readonly string[] Units = ["B", "KiB", "MiB", "GiB", "TiB", "PiB"];

    public static void Print(in rtnl_link_stats64 count)
    {
        // net-tools reads /proc/net/dev, whose columns are sums.
        ulong dropped = count.rx_dropped + count.rx_missed_errors;
        ulong frame = count.rx_length_errors + count.rx_over_errors + count.rx_crc_errors + count.rx_frame_errors;
        ulong carrier = count.tx_carrier_errors + count.tx_aborted_errors + count.tx_window_errors + count.tx_heartbeat_errors;
        Console.WriteLine($"        RX packets {count.rx_packets}  bytes {count.rx_bytes} ({Scaled(count.rx_bytes)})");
        Console.WriteLine($"        RX errors {count.rx_errors}  dropped {dropped}  overruns {count.rx_fifo_errors}  frame {frame}");
        Console.WriteLine($"        TX packets {count.tx_packets}  bytes {count.tx_bytes} ({Scaled(count.tx_bytes)})");
        Console.WriteLine(
            $"        TX errors {count.tx_errors}  dropped {count.tx_dropped} overruns {count.tx_fifo_errors}  carrier {carrier}  "
            + $"collisions {count.collisions}");
    }

    /// <summary>Returns a number of bytes in the largest unit, with one digit that is not rounded up: 1.9 KiB for 2047.</summary>
    static string Scaled(ulong bytes)
    {
        int unit = 0;
        ulong tenths = 0;
        for (; bytes >= 1024 && unit < Units.Length - 1; unit++)
        {
            tenths = bytes % 1024 * 10 / 1024;
            bytes /= 1024;
        }
        return string.Create(CultureInfo.InvariantCulture, $"{bytes}.{tenths} {Units[unit]}");
    }
}
