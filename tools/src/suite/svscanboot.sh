#!/bin/sh
# Starts svscan with a clean environment, and shows its messages among the processes.

self=$0
if [ -L "$self" ]; then
  self=$(readlink -f "$self")
fi
case $self in */*) here=$(cd "${self%/*}" && pwd) ;; *) here=$PWD ;; esac

if [ $# -gt 0 ]; then
  directory=$1
elif [ -d /service ]; then
  directory=/service
else
  directory=/etc/service
fi

PATH=$here:/command:/usr/local/bin:/usr/local/sbin:/bin:/sbin:/usr/bin:/usr/sbin:/usr/X11R6/bin
export PATH

exec </dev/null
exec >/dev/null
exec 2>/dev/null

clean() {
  env - PATH="$PATH" ${DJBDNS_JAVA:+DJBDNS_JAVA="$DJBDNS_JAVA"} ${JAVA_HOME:+JAVA_HOME="$JAVA_HOME"} \
    "$@"
}

svc -dx "$directory"/* "$directory"/*/log

dots=..................................................
clean svscan "$directory" 2>&1 |
  clean readproctitle service errors: $dots$dots$dots$dots$dots$dots$dots$dots
