#!/bin/sh
# Starts @NAME@ on a Java 25 or later; the process that this shell was becomes Java's.
# Forks nothing unless a symbolic link leads to an unusual place, or @NAME@ starts other programs.

fatal() {
  echo "@NAME@: fatal: $1" >&2
  exit 111
}

# Whether the Java in the directory $1 is recent enough, by the file that every JDK carries.
is_recent() {
  [ -x "$1/bin/java" ] && [ -r "$1/release" ] || return 1
  while read -r line; do
    case $line in
      JAVA_VERSION=*)
        version=${line#*\"}
        version=${version%%[!0-9]*}
        [ "${version:-0}" -ge 25 ]
        return
        ;;
    esac
  done <"$1/release"
  return 1
}

# Sets real to the file that the link $1 leads to: one of the others, if that is where.
follow() {
  link=$1
  shift
  for real in "$@"; do
    [ ! "$link" -ef "$real" ] || [ -L "$real" ] || return 0
  done
  real=$(readlink -f "$link")
}

# Sets java to the binary $1 if it belongs to a recent Java.
try_binary() {
  real=$1
  [ ! -L "$real" ] || follow "$real" /usr/lib/jvm/*/bin/java
  case $real in
    */bin/java) is_recent "${real%/bin/java}" && java=$real ;;
    *) return 1 ;;
  esac
}

try_path() {
  found=$(command -v java) || return 1
  try_binary "$found"
}

try_home() {
  is_recent "$1" && java=$1/bin/java
}

try_system() {
  for home in /usr/lib/jvm/*; do
    try_home "$home" && return
  done
  return 1
}

# What kind of command it is: a chain command becomes another program, a starter starts others, a
# plain one does neither.
kind=@KIND@

# Java would open files of its own under these numbers. A chain command knows them from its own.
if [ $kind != chain ]; then
  [ -e /proc/self/fd/0 ] || exec </dev/null
  [ -e /proc/self/fd/1 ] || exec 1</dev/null
  [ -e /proc/self/fd/2 ] || exec 2</dev/null
fi

self=$0
case $self in */*) ;; *) self=./$self ;; esac
# How the user calls it: run scripts that name other commands of the suite name them so.
called=$self
if [ -L "$self" ]; then
  follow "$self" "${self%/*}/../lib/djbdns/bin/@NAME@"
  self=$real
fi
suite=${self%/*}/..

if [ -n "$DJBDNS_JAVA" ]; then
  try_binary "$DJBDNS_JAVA" || fatal "unable to use \$DJBDNS_JAVA: $DJBDNS_JAVA is not Java 25 or later"
else
  { [ -n "$JAVA_HOME" ] && try_home "$JAVA_HOME"; } || try_path || try_system ||
    fatal "unable to find Java 25: set DJBDNS_JAVA or JAVA_HOME"
fi

# A cache that make-caches has made lets Java start faster. Java says so if it does not fit, which nobody
# needs to hear, but does not notice that a jar has changed. Without the standard descriptors of a
# chain command it would put files in their place, in an order for which that is not prepared.
cache=$suite/aot/@CACHE@.aot
if [ -r "$cache" ]; then
  case "$DJBDNS_JVMFLAGS $JAVA_TOOL_OPTIONS $JDK_JAVA_OPTIONS $_JAVA_OPTIONS" in
    *-XX:AOTC* | *-Xshare* | *-XX:SharedArchiveFile*) cache= ;;
  esac
  for jar in "$suite"/lib/*.jar; do
    [ ! "$jar" -nt "$cache" ] || cache=
  done
  for descriptor in 0 1 2; do
    [ -e "/proc/self/fd/$descriptor" ] || cache=
  done
else
  cache=
fi

# Raises the soft limit that ulimit knows as $1, in units of $2 bytes, from $4 to the hard one, $5, and
# notes it under the name $3.
raise() {
  [ "$4" != "$5" ] || return 0
  most=$5
  [ "$most" = unlimited ] || most=$((most / $2))
  ulimit -S "-$1" "$most" 2>&- && limits=$limits$3=$4,
}

# Run scripts limit memory for programs in C (softlimit -d, -m), with which no Java starts; nor does
# it with few threads. Programs that start others set the limits again. Messages of these commands go
# nowhere: not even to /dev/null, which this account may not be allowed to write to.
limits=
processes=p
[ -z "$BASH_VERSION" ] || processes=u
while read -r _ what a b c _; do
  case $what in
    data) raise d 1024 DATA "$b" "$c" ;;
    address) raise v 1024 AS "$b" "$c" ;;
    processes) raise "$processes" 1 NPROC "$a" "$b" ;;
  esac
done </proc/self/limits

# A shell drops names that are not words from the environment, orders it anew and adds PWD. Programs
# that start others find here what was really given.
unset DJBDNS_ENVIRONMENT
if [ $kind != plain ]; then
  { given=$(command -p base64 2>&-); } </proc/self/environ
  [ -z "$given" ] || [ ${#given} -gt 130000 ] || export DJBDNS_ENVIRONMENT="$given"
fi

# Java handles some signals even if it was started with them ignored.
note_ignored() {
  shift 30
  ignored=$1
}
read -r status </proc/self/stat
note_ignored ${status##*) }

set -f
[ "$ignored" != 0 ] || ignored=
exec "$java" @FLAGS@ ${cache:+-Xlog:disable "-XX:AOTCache=$cache"} \
  ${limits:+"-Ddjbdns.limits=$limits"} ${ignored:+"-Ddjbdns.ignored=$ignored"} \
  "-Ddjbdns.command=$called" $DJBDNS_JVMFLAGS @START@ "$@"
