package djbdns.runtime;

import djbdns.posix.PosixException;
import java.io.FileNotFoundException;
import java.net.PortUnreachableException;
import java.net.SocketTimeoutException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.Optional;
import java.util.concurrent.TimeoutException;

/**
 * Causes of errors in the words of djbdns and daemontools (error_str.c), not those of strerror(3).
 */
public final class ErrorText {
  private enum Errno {
    EPERM(1, "permission denied", "Operation not permitted"),
    ENOENT(2, "file does not exist", "No such file or directory"),
    ESRCH(3, "no such process", "No such process"),
    EINTR(4, "interrupted system call", "Interrupted system call"),
    EIO(5, "input/output error", "Input/output error"),
    ENXIO(6, "device not configured", "No such device or address"),
    E2BIG(7, "argument list too long", "Argument list too long"),
    ENOEXEC(8, "exec format error", "Exec format error"),
    EBADF(9, "file descriptor not open", "Bad file descriptor"),
    ECHILD(10, "no child processes", "No child processes"),
    EAGAIN(11, "temporary failure", "Resource temporarily unavailable"),
    ENOMEM(12, "out of memory", "Cannot allocate memory"),
    EACCES(13, "access denied", "Permission denied"),
    EFAULT(14, "bad address", "Bad address"),
    ENOTBLK(15, "not a block device", "Block device required"),
    EBUSY(16, "device busy", "Device or resource busy"),
    EEXIST(17, "file already exists", "File exists"),
    EXDEV(18, "cross-device link", "Invalid cross-device link"),
    ENODEV(19, "device does not support operation", "No such device"),
    ENOTDIR(20, "not a directory", "Not a directory"),
    EISDIR(21, "is a directory", "Is a directory"),
    EINVAL(22, "invalid argument", "Invalid argument"),
    ENFILE(23, "system cannot open more files", "Too many open files in system"),
    EMFILE(24, "process cannot open more files", "Too many open files"),
    ENOTTY(25, "not a tty", "Inappropriate ioctl for device"),
    ETXTBSY(26, "text busy", "Text file busy"),
    EFBIG(27, "file too big", "File too large"),
    ENOSPC(28, "out of disk space", "No space left on device"),
    ESPIPE(29, "unseekable descriptor", "Illegal seek"),
    EROFS(30, "read-only file system", "Read-only file system"),
    EMLINK(31, "too many links", "Too many links"),
    EPIPE(32, "broken pipe", "Broken pipe"),
    ENAMETOOLONG(36, "file name too long", "File name too long"),
    ENOSYS(38, "system call not available", "Function not implemented"),
    ENOTEMPTY(39, "directory not empty", "Directory not empty"),
    ELOOP(40, "symbolic link loop", "Too many levels of symbolic links"),
    EPROTO(71, "protocol error", "Protocol error"),
    ENOTSOCK(88, "not a socket", "Socket operation on non-socket"),
    EMSGSIZE(90, "message too long", "Message too long"),
    EPROTONOSUPPORT(93, "protocol not supported", "Protocol not supported"),
    EOPNOTSUPP(95, "operation not supported", "Operation not supported"),
    EAFNOSUPPORT(97, "address family not supported", "Address family not supported by protocol"),
    EADDRINUSE(98, "address already used", "Address already in use"),
    EADDRNOTAVAIL(99, "address not available", "Cannot assign requested address"),
    ENETDOWN(100, "network down", "Network is down"),
    ENETUNREACH(101, "network unreachable", "Network is unreachable"),
    ECONNRESET(104, "connection reset", "Connection reset"),
    ENOBUFS(105, "out of buffer space", "No buffer space available"),
    ENOTCONN(107, "not connected", "Transport endpoint is not connected"),
    ETIMEDOUT(110, "timed out", "Connection timed out"),
    ECONNREFUSED(111, "connection refused", "Connection refused"),
    EHOSTDOWN(112, "host down", "Host is down"),
    EHOSTUNREACH(113, "host unreachable", "No route to host"),
    EALREADY(114, "operation already in progress", "Operation already in progress"),
    EINPROGRESS(115, "operation in progress", "Operation now in progress"),
    ESTALE(116, "stale NFS file handle", "Stale file handle"),
    EDQUOT(122, "disk quota exceeded", "Disk quota exceeded");

    private final int number;
    private final String text;

    /** The text of strerror(3), for exceptions that carry only that. */
    private final String systemText;

    Errno(int number, String text, String systemText) {
      this.number = number;
      this.text = text;
      this.systemText = systemText;
    }

    /** The error that a message of strerror(3) names, wherever the message has it. */
    static Optional<Errno> in(String message) {
      for (Errno errno : values()) {
        if (message.contains(errno.systemText)) {
          return Optional.of(errno);
        }
      }
      return Optional.empty();
    }
  }

  private ErrorText() {}

  /** The text for an errno of Linux; "unknown error" for one without a text. */
  public static String of(int number) {
    for (Errno errno : Errno.values()) {
      if (errno.number == number) {
        return errno.text;
      }
    }
    return "unknown error";
  }

  /** The text for an exception of the JDK; its own message where it stands for no errno. */
  public static String of(Throwable cause) {
    return switch (cause) {
      case PosixException e -> of(e.errno());
      case NoSuchFileException _ -> Errno.ENOENT.text;
      case AccessDeniedException _ -> Errno.EACCES.text;
      case FileAlreadyExistsException _ -> Errno.EEXIST.text;
      case NotDirectoryException _ -> Errno.ENOTDIR.text;
      case DirectoryNotEmptyException _ -> Errno.ENOTEMPTY.text;
      case FileSystemLoopException _ -> Errno.ELOOP.text;
      case FileSystemException e when e.getCause() instanceof PosixException call ->
          of(call.errno());
      case FileSystemException e when e.getReason() != null -> ofMessage(e.getReason());
      case SocketTimeoutException _, TimeoutException _ -> Errno.ETIMEDOUT.text;
      case PortUnreachableException _ -> Errno.ECONNREFUSED.text;
      case FileNotFoundException e when e.getMessage() != null -> ofMessage(e.getMessage());
      case Throwable e when e.getMessage() != null -> ofMessage(e.getMessage());
      case Throwable e -> e.getClass().getSimpleName();
    };
  }

  private static String ofMessage(String message) {
    return Errno.in(message).map(errno -> errno.text).orElse(message);
  }
}
