using static Unp.Net.Abi.Constant;

namespace Unp.Net;

// Every error number of the three systems. The columns: Linux, macOS, FreeBSD.
public readonly partial struct Errno
{
    /// <summary>The error with this number, known or not.</summary>
    public Errno(int value) => Value = value;

    /// <summary>The number, as in <c>errno</c>.</summary>
    public int Value { get; }

    /// <summary>Not permitted: the caller lacks a privilege or does not own the object.</summary>
    public static Errno EPERM => new(1);

    /// <summary>No such file or directory; for a Unix socket, nothing at the path.</summary>
    public static Errno ENOENT => new(2);

    /// <summary>No such process or thread; on a routing socket, no such route.</summary>
    public static Errno ESRCH => new(3);

    /// <summary>A signal handler interrupted the call before it did anything.</summary>
    public static Errno EINTR => new(4);

    /// <summary>An input or output error of the device.</summary>
    public static Errno EIO => new(5);

    /// <summary>No such device; opening a FIFO without a reader for writing.</summary>
    public static Errno ENXIO => new(6);

    /// <summary>The argument list is too long.</summary>
    public static Errno E2BIG => new(7);

    /// <summary>Not a program that the kernel can run.</summary>
    public static Errno ENOEXEC => new(8);

    /// <summary>Not an open descriptor, or not open for this kind of access.</summary>
    public static Errno EBADF => new(9);

    /// <summary>No child to wait for.</summary>
    public static Errno ECHILD => new(10);

    /// <summary>
    /// The call would have to wait, but the descriptor is non-blocking or its time-out has expired; or a resource is temporarily short.
    /// </summary>
    public static Errno EAGAIN => Of(11, 35, 35);

    /// <summary>BSD's name of <see cref="EAGAIN"/>, with the same number.</summary>
    public static Errno EWOULDBLOCK => Of(11, 35, 35);

    /// <summary>Out of memory.</summary>
    public static Errno ENOMEM => new(12);

    /// <summary>Permission denied: the file's mode, or a broadcast without SO_BROADCAST, or a privileged port.</summary>
    public static Errno EACCES => new(13);

    /// <summary>An argument points outside of the program's memory.</summary>
    public static Errno EFAULT => new(14);

    /// <summary>Not a block device.</summary>
    public static Errno ENOTBLK => new(15);

    /// <summary>The device or object is in use.</summary>
    public static Errno EBUSY => new(16);

    /// <summary>It exists already.</summary>
    public static Errno EEXIST => new(17);

    /// <summary>Not on the same file system.</summary>
    public static Errno EXDEV => new(18);

    /// <summary>The device does not support this, or there is no such network interface.</summary>
    public static Errno ENODEV => new(19);

    /// <summary>A part of the path is not a directory.</summary>
    public static Errno ENOTDIR => new(20);

    /// <summary>It is a directory.</summary>
    public static Errno EISDIR => new(21);

    /// <summary>Invalid argument, or a socket in the wrong state: bound already, not listening.</summary>
    public static Errno EINVAL => new(22);

    /// <summary>The system's table of open files is full.</summary>
    public static Errno ENFILE => new(23);

    /// <summary>The process has reached its limit of open descriptors.</summary>
    public static Errno EMFILE => new(24);

    /// <summary>The descriptor does not support this ioctl.</summary>
    public static Errno ENOTTY => new(25);

    /// <summary>The program file is being run, or written to.</summary>
    public static Errno ETXTBSY => new(26);

    /// <summary>The file would become too large.</summary>
    public static Errno EFBIG => new(27);

    /// <summary>No space left on the device; for epoll, no more watches for this user.</summary>
    public static Errno ENOSPC => new(28);

    /// <summary>A pipe or socket has no file offset.</summary>
    public static Errno ESPIPE => new(29);

    /// <summary>The file system is read-only.</summary>
    public static Errno EROFS => new(30);

    /// <summary>Too many links.</summary>
    public static Errno EMLINK => new(31);

    /// <summary>
    /// A write to a connection that this side has shut down or the peer has reset. SIGPIPE is raised too, unless turned off.
    /// </summary>
    public static Errno EPIPE => new(32);

    /// <summary>Argument outside of the function's domain.</summary>
    public static Errno EDOM => new(33);

    /// <summary>The result does not fit.</summary>
    public static Errno ERANGE => new(34);

    /// <summary>Waiting for this lock would be a deadlock.</summary>
    public static Errno EDEADLK => Of(35, 11, 11);

    /// <summary>Another name of <see cref="EDEADLK"/>, with the same number. Linux only.</summary>
    public static Errno EDEADLOCK => Of(35, Absent, Absent);

    /// <summary>The name or path is too long.</summary>
    public static Errno ENAMETOOLONG => Of(36, 63, 63);

    /// <summary>No more locks are available.</summary>
    public static Errno ENOLCK => Of(37, 77, 77);

    /// <summary>The kernel does not have this call.</summary>
    public static Errno ENOSYS => Of(38, 78, 78);

    /// <summary>The directory is not empty.</summary>
    public static Errno ENOTEMPTY => Of(39, 66, 66);

    /// <summary>Too many symbolic links; or the descriptors would watch each other in a circle.</summary>
    public static Errno ELOOP => Of(40, 62, 62);

    /// <summary>No message of the type.</summary>
    public static Errno ENOMSG => Of(42, 91, 83);

    /// <summary>The System V object was removed.</summary>
    public static Errno EIDRM => Of(43, 90, 82);

    /// <summary>Channel number out of range. Linux only.</summary>
    public static Errno ECHRNG => Of(44, Absent, Absent);

    /// <summary>Level 2 not synchronised. Linux only.</summary>
    public static Errno EL2NSYNC => Of(45, Absent, Absent);

    /// <summary>Level 3 halted. Linux only.</summary>
    public static Errno EL3HLT => Of(46, Absent, Absent);

    /// <summary>Level 3 reset. Linux only.</summary>
    public static Errno EL3RST => Of(47, Absent, Absent);

    /// <summary>Link number out of range. Linux only.</summary>
    public static Errno ELNRNG => Of(48, Absent, Absent);

    /// <summary>Protocol driver not attached. Linux only.</summary>
    public static Errno EUNATCH => Of(49, Absent, Absent);

    /// <summary>No CSI structure. Linux only.</summary>
    public static Errno ENOCSI => Of(50, Absent, Absent);

    /// <summary>Level 2 halted. Linux only.</summary>
    public static Errno EL2HLT => Of(51, Absent, Absent);

    /// <summary>Invalid exchange. Linux only.</summary>
    public static Errno EBADE => Of(52, Absent, Absent);

    /// <summary>Invalid request descriptor. Linux only.</summary>
    public static Errno EBADR => Of(53, Absent, Absent);

    /// <summary>Exchange full. Linux only.</summary>
    public static Errno EXFULL => Of(54, Absent, Absent);

    /// <summary>No anode. Linux only.</summary>
    public static Errno ENOANO => Of(55, Absent, Absent);

    /// <summary>Invalid request code. Linux only.</summary>
    public static Errno EBADRQC => Of(56, Absent, Absent);

    /// <summary>Invalid slot. Linux only.</summary>
    public static Errno EBADSLT => Of(57, Absent, Absent);

    /// <summary>Bad font file. Linux only.</summary>
    public static Errno EBFONT => Of(59, Absent, Absent);

    /// <summary>Not a STREAMS device. Not on FreeBSD.</summary>
    public static Errno ENOSTR => Of(60, 99, Absent);

    /// <summary>No data: the extended attribute is not there, or the queue is empty. Not on FreeBSD.</summary>
    public static Errno ENODATA => Of(61, 96, Absent);

    /// <summary>A STREAMS ioctl's timer has run out. Not on FreeBSD.</summary>
    public static Errno ETIME => Of(62, 101, Absent);

    /// <summary>Out of STREAMS resources. Not on FreeBSD.</summary>
    public static Errno ENOSR => Of(63, 98, Absent);

    /// <summary>Not on the network. Linux only.</summary>
    public static Errno ENONET => Of(64, Absent, Absent);

    /// <summary>Package not installed. Linux only.</summary>
    public static Errno ENOPKG => Of(65, Absent, Absent);

    /// <summary>The object is on another host.</summary>
    public static Errno EREMOTE => Of(66, 71, 71);

    /// <summary>The link is cut.</summary>
    public static Errno ENOLINK => Of(67, 97, 91);

    /// <summary>Advertise error. Linux only.</summary>
    public static Errno EADV => Of(68, Absent, Absent);

    /// <summary>Srmount error. Linux only.</summary>
    public static Errno ESRMNT => Of(69, Absent, Absent);

    /// <summary>Error while sending. Linux only.</summary>
    public static Errno ECOMM => Of(70, Absent, Absent);

    /// <summary>The protocol was violated; <c>accept</c>: the connection failed in the queue.</summary>
    public static Errno EPROTO => Of(71, 100, 92);

    /// <summary>Reserved for multihop.</summary>
    public static Errno EMULTIHOP => Of(72, 95, 90);

    /// <summary>RFS error. Linux only.</summary>
    public static Errno EDOTDOT => Of(73, Absent, Absent);

    /// <summary>The message is not valid.</summary>
    public static Errno EBADMSG => Of(74, 94, 89);

    /// <summary>The value does not fit its type.</summary>
    public static Errno EOVERFLOW => Of(75, 84, 84);

    /// <summary>The name is not unique on the network. Linux only.</summary>
    public static Errno ENOTUNIQ => Of(76, Absent, Absent);

    /// <summary>The descriptor is in a bad state. Linux only.</summary>
    public static Errno EBADFD => Of(77, Absent, Absent);

    /// <summary>The remote address changed. Linux only.</summary>
    public static Errno EREMCHG => Of(78, Absent, Absent);

    /// <summary>A shared library can't be accessed. Linux only.</summary>
    public static Errno ELIBACC => Of(79, Absent, Absent);

    /// <summary>A shared library is corrupt. Linux only.</summary>
    public static Errno ELIBBAD => Of(80, Absent, Absent);

    /// <summary>A program's .lib section is corrupt. Linux only.</summary>
    public static Errno ELIBSCN => Of(81, Absent, Absent);

    /// <summary>Too many shared libraries. Linux only.</summary>
    public static Errno ELIBMAX => Of(82, Absent, Absent);

    /// <summary>A shared library can't be executed. Linux only.</summary>
    public static Errno ELIBEXEC => Of(83, Absent, Absent);

    /// <summary>Not a valid sequence of bytes for this encoding.</summary>
    public static Errno EILSEQ => Of(84, 92, 86);

    /// <summary>The call must be restarted; used only inside the kernel. Linux only.</summary>
    public static Errno ERESTART => Of(85, Absent, Absent);

    /// <summary>STREAMS pipe error. Linux only.</summary>
    public static Errno ESTRPIPE => Of(86, Absent, Absent);

    /// <summary>Too many users.</summary>
    public static Errno EUSERS => Of(87, 68, 68);

    /// <summary>The descriptor is not a socket.</summary>
    public static Errno ENOTSOCK => Of(88, 38, 38);

    /// <summary>Not connected and no address given.</summary>
    public static Errno EDESTADDRREQ => Of(89, 39, 39);

    /// <summary>The message is too long for one send, or larger than the path's MTU.</summary>
    public static Errno EMSGSIZE => Of(90, 40, 40);

    /// <summary>The protocol does not fit the socket's type, or the peer's socket has another type.</summary>
    public static Errno EPROTOTYPE => Of(91, 41, 41);

    /// <summary>The protocol does not know this option.</summary>
    public static Errno ENOPROTOOPT => Of(92, 42, 42);

    /// <summary>The protocol is not supported, or not in this family.</summary>
    public static Errno EPROTONOSUPPORT => Of(93, 43, 43);

    /// <summary>The socket type is not supported.</summary>
    public static Errno ESOCKTNOSUPPORT => Of(94, 44, 44);

    /// <summary>The socket does not support this operation: <c>accept</c> on a datagram socket.</summary>
    public static Errno EOPNOTSUPP => Of(95, 102, 45);

    /// <summary>Not supported. The number of <see cref="EOPNOTSUPP"/>, except on macOS.</summary>
    public static Errno ENOTSUP => Of(95, 45, 45);

    /// <summary>The protocol family is not supported.</summary>
    public static Errno EPFNOSUPPORT => Of(96, 46, 46);

    /// <summary>The address family is not supported, or does not fit the socket.</summary>
    public static Errno EAFNOSUPPORT => Of(97, 47, 47);

    /// <summary>Another socket has the address, or no local port is free.</summary>
    public static Errno EADDRINUSE => Of(98, 48, 48);

    /// <summary>No interface of this host has the address.</summary>
    public static Errno EADDRNOTAVAIL => Of(99, 49, 49);

    /// <summary>The network, or the interface, is down.</summary>
    public static Errno ENETDOWN => Of(100, 50, 50);

    /// <summary>No route to the network.</summary>
    public static Errno ENETUNREACH => Of(101, 51, 51);

    /// <summary>The network broke the connection: keep-alive probes had no answer.</summary>
    public static Errno ENETRESET => Of(102, 52, 52);

    /// <summary>The connection was aborted before it was accepted.</summary>
    public static Errno ECONNABORTED => Of(103, 53, 53);

    /// <summary>The peer reset the connection.</summary>
    public static Errno ECONNRESET => Of(104, 54, 54);

    /// <summary>No buffer space; Linux seldom reports it for a full device queue.</summary>
    public static Errno ENOBUFS => Of(105, 55, 55);

    /// <summary>Connected already.</summary>
    public static Errno EISCONN => Of(106, 56, 56);

    /// <summary>Not connected.</summary>
    public static Errno ENOTCONN => Of(107, 57, 57);

    /// <summary>Sent after shutdown.</summary>
    public static Errno ESHUTDOWN => Of(108, 58, 58);

    /// <summary>Too many descriptors are in flight in messages.</summary>
    public static Errno ETOOMANYREFS => Of(109, 59, 59);

    /// <summary>The peer did not answer in time.</summary>
    public static Errno ETIMEDOUT => Of(110, 60, 60);

    /// <summary>No socket listens at that address.</summary>
    public static Errno ECONNREFUSED => Of(111, 61, 61);

    /// <summary>The host is down.</summary>
    public static Errno EHOSTDOWN => Of(112, 64, 64);

    /// <summary>No route to the host.</summary>
    public static Errno EHOSTUNREACH => Of(113, 65, 65);

    /// <summary>An earlier <c>connect</c> is still in progress.</summary>
    public static Errno EALREADY => Of(114, 37, 37);

    /// <summary>The connection is being made in the background: wait until the socket is writable, then read SO_ERROR.</summary>
    public static Errno EINPROGRESS => Of(115, 36, 36);

    /// <summary>The file handle is of a file that the server no longer has.</summary>
    public static Errno ESTALE => Of(116, 70, 70);

    /// <summary>The structure on disk needs cleaning: the file system is corrupt. Linux only.</summary>
    public static Errno EUCLEAN => Of(117, Absent, Absent);

    /// <summary>Not a XENIX named type file. Linux only.</summary>
    public static Errno ENOTNAM => Of(118, Absent, Absent);

    /// <summary>No XENIX semaphores. Linux only.</summary>
    public static Errno ENAVAIL => Of(119, Absent, Absent);

    /// <summary>A XENIX named type file. Linux only.</summary>
    public static Errno EISNAM => Of(120, Absent, Absent);

    /// <summary>Input or output failed on the remote side. Linux only.</summary>
    public static Errno EREMOTEIO => Of(121, Absent, Absent);

    /// <summary>The user's disk quota is used up.</summary>
    public static Errno EDQUOT => Of(122, 69, 69);

    /// <summary>No medium in the drive. Linux only.</summary>
    public static Errno ENOMEDIUM => Of(123, Absent, Absent);

    /// <summary>The wrong kind of medium. Linux only.</summary>
    public static Errno EMEDIUMTYPE => Of(124, Absent, Absent);

    /// <summary>The operation was cancelled.</summary>
    public static Errno ECANCELED => Of(125, 89, 85);

    /// <summary>The key is not there. Linux only.</summary>
    public static Errno ENOKEY => Of(126, Absent, Absent);

    /// <summary>The key has expired. Linux only.</summary>
    public static Errno EKEYEXPIRED => Of(127, Absent, Absent);

    /// <summary>The key was revoked. Linux only.</summary>
    public static Errno EKEYREVOKED => Of(128, Absent, Absent);

    /// <summary>The key was rejected. Linux only.</summary>
    public static Errno EKEYREJECTED => Of(129, Absent, Absent);

    /// <summary>The lock's owner died holding it.</summary>
    public static Errno EOWNERDEAD => Of(130, 105, 96);

    /// <summary>The lock's state can't be repaired.</summary>
    public static Errno ENOTRECOVERABLE => Of(131, 104, 95);

    /// <summary>The radio is switched off. Linux only.</summary>
    public static Errno ERFKILL => Of(132, Absent, Absent);

    /// <summary>The memory page is broken. Linux only.</summary>
    public static Errno EHWPOISON => Of(133, Absent, Absent);

    /// <summary>The user has reached the limit of processes. Not on Linux.</summary>
    public static Errno EPROCLIM => Of(Absent, 67, 67);

    /// <summary>The RPC structure is bad. Not on Linux.</summary>
    public static Errno EBADRPC => Of(Absent, 72, 72);

    /// <summary>The RPC version is wrong. Not on Linux.</summary>
    public static Errno ERPCMISMATCH => Of(Absent, 73, 73);

    /// <summary>The RPC program is not there. Not on Linux.</summary>
    public static Errno EPROGUNAVAIL => Of(Absent, 74, 74);

    /// <summary>The RPC program's version is wrong. Not on Linux.</summary>
    public static Errno EPROGMISMATCH => Of(Absent, 75, 75);

    /// <summary>The RPC program has no such procedure. Not on Linux.</summary>
    public static Errno EPROCUNAVAIL => Of(Absent, 76, 76);

    /// <summary>The file is of the wrong type. Not on Linux.</summary>
    public static Errno EFTYPE => Of(Absent, 79, 79);

    /// <summary>Authentication failed. Not on Linux.</summary>
    public static Errno EAUTH => Of(Absent, 80, 80);

    /// <summary>An authenticator is needed. Not on Linux.</summary>
    public static Errno ENEEDAUTH => Of(Absent, 81, 81);

    /// <summary>No such extended attribute. Not on Linux.</summary>
    public static Errno ENOATTR => Of(Absent, 93, 87);

    /// <summary>The program has used the call wrongly. FreeBSD only.</summary>
    public static Errno EDOOFUS => Of(Absent, Absent, 88);

    /// <summary>The descriptor lacks the capability right. (capsicum(4)) FreeBSD only.</summary>
    public static Errno ENOTCAPABLE => Of(Absent, Absent, 93);

    /// <summary>Not allowed in capability mode. (capsicum(4)) FreeBSD only.</summary>
    public static Errno ECAPMODE => Of(Absent, Absent, 94);

    /// <summary>The data fail their integrity check. FreeBSD only.</summary>
    public static Errno EINTEGRITY => Of(Absent, Absent, 97);

    /// <summary>The device is switched off. macOS only.</summary>
    public static Errno EPWROFF => Of(Absent, 82, Absent);

    /// <summary>The device has an error, such as no paper. macOS only.</summary>
    public static Errno EDEVERR => Of(Absent, 83, Absent);

    /// <summary>The program is malformed. macOS only.</summary>
    public static Errno EBADEXEC => Of(Absent, 85, Absent);

    /// <summary>The program is for another processor. macOS only.</summary>
    public static Errno EBADARCH => Of(Absent, 86, Absent);

    /// <summary>The shared library has the wrong version. macOS only.</summary>
    public static Errno ESHLIBVERS => Of(Absent, 87, Absent);

    /// <summary>The Mach-O file is malformed. macOS only.</summary>
    public static Errno EBADMACHO => Of(Absent, 88, Absent);

    /// <summary>No such policy. macOS only.</summary>
    public static Errno ENOPOLICY => Of(Absent, 103, Absent);

    /// <summary>The interface's output queue is full. macOS only.</summary>
    public static Errno EQFULL => Of(Absent, 106, Absent);

    /// <summary>
    /// Returns the value on this system. If the system lacks the error, the value is <see cref="Absent"/>, a negative number that no call
    /// reports, so a comparison with it is always allowed.
    /// </summary>
    static Errno Of(int linux, int macos, int freebsd) => new(Column(linux, macos, freebsd));
}
