#!/bin/sh
# Starts svscan with a clean environment, and shows its messages among the processes. The process that
# this shell was becomes svscan's, so that signals reach it, and init sees how it ends.

self=$0
if [ -L "$self" ]; then
  self=$(readlink -f "$self")
fi
case $self in */*) here=$(cd "${self%/*}" && pwd) ;; *) here=$PWD ;; esac

fatal() {
  echo "svscanboot: fatal: $1" >&2
  exit 111
}

case ${1-} in
  --help)
    echo 'Usage: svscanboot [ dir ]'
    echo 'Starts svscan when the system starts.'
    echo '      --help      Print this and exit.'
    echo '      --version   Print the version and exit.'
    exit ;;
  --version)
    "$here/svscan" --version | sed 's/^svscan/svscanboot/'
    exit ;;
esac

if [ $# -gt 0 ]; then
  directory=$1
elif [ ! -d /service ] && [ -d /etc/service ]; then
  directory=/etc/service
else
  directory=/service
  [ -d /service ] || mkdir -m 755 /service || fatal 'unable to create /service'
fi
[ -e "$directory" ] || fatal "unable to chdir to $directory: file does not exist"
[ -d "$directory" ] || fatal "unable to chdir to $directory: not a directory"
[ ! -f "$directory/run" ] || fatal "unable to scan $directory: it is a service itself"

PATH=$here:/command:/usr/local/bin:/usr/local/sbin:/bin:/sbin:/usr/bin:/usr/sbin:/usr/X11R6/bin
export PATH

clean() {
  exec env - PATH="$PATH" ${DJBDNS_JAVA:+DJBDNS_JAVA="$DJBDNS_JAVA"} \
    ${JAVA_HOME:+JAVA_HOME="$JAVA_HOME"} "$@"
}

# Opens a pipe as descriptors 4, to read, and 5, to write: a shell makes one only between two of its
# children, and svscan is to be none. Descriptor 3 lets neither open wait for the other.
open_pipe() {
  for place in /run /tmp; do
    fifo=$place/svscanboot.$$
    if mkfifo -m 600 "$fifo"; then
      exec 3<>"$fifo" 4<"$fifo" 5>"$fifo"
      rm -f "$fifo"
      return
    fi
  done
  return 1
}

# What keeps it from starting, such as a Java that is missing or another svscan, has to be said now, and
# before services are told to end.
(clean svscan --check "$directory") || exit 111

exec </dev/null
exec >/dev/null
exec 2>/dev/null

svc -dx "$directory"/* "$directory"/*/log

# Without a directory for the pipe, services are still better than none.
if open_pipe; then
  dots=..................................................
  clean readproctitle service errors: $dots$dots$dots$dots$dots$dots$dots$dots \
    <&4 3>&- 4<&- 5>&- &
  exec >&5 2>&1 3>&- 4<&- 5>&-
fi
clean svscan "$directory"
