# What the benchmarks of servers share; sourced. A benchmark sets `queries`, a file for dnsperf,
# `results`, a file that gets a line for each server and round, and writes $work/one, a query that
# every server answers. Servers run on one core, dnsperf and whatever else on another.
# shellcheck shell=sh

outstanding=100
server_core=0
client_core=1
work=
started=
servers=
queries=
results=

fatal() {
  echo "bench: fatal: $1" >&2
  exit 111
}

need() {
  command -v "$1" >/dev/null || fatal "unable to find $1: install $2"
}

clean_up() {
  for pid in $started; do
    kill "$pid" 2>/dev/null
  done
  for pid in $started; do
    wait "$pid" 2>/dev/null
  done
  [ -z "$work" ] || rm -rf "$work"
}

make_work() {
  work=$(mktemp -d) || fatal 'unable to make a directory'
  chmod 755 "$work"
}

check_machine() {
  PATH=$PATH:/usr/sbin:/sbin
  need taskset 'the package util-linux'
  need dnsperf 'the package dnsperf'
  [ "$(id -u)" -eq 0 ] || fatal 'unable to bind port 53 for the original: run as root'
  [ "$(nproc)" -ge 2 ] || fatal 'unable to measure: two processor cores are needed'
}

trap clean_up EXIT
trap 'exit 111' HUP INT TERM

# launch CORE NAME ADDRESS PORT COMMAND...: starts a server, its log in $work/NAME.log, and waits
# until it answers. The variables pid_NAME and at_NAME tell of it.
launch() {
  core=$1 name=$2 at="-s $3 -p $4"
  shift 4
  taskset -c "$core" "$@" >"$work/$name.log" 2>&1 </dev/null &
  started="$started $!"
  eval "pid_$name=$! at_$name=\$at"
  tries=0
  until dnsperf $at -d "$work/one" -n 1 -t 0.2 2>&1 | grep -q 'Queries completed: *1 '; do
    tries=$((tries + 1))
    if [ "$tries" -gt 100 ]; then
      head "$work/$name.log" >&2
      fatal "$name does not answer"
    fi
  done
}

# start NAME ADDRESS PORT COMMAND...: launches a server that is to be measured; $servers lists them.
start() {
  servers="$servers $1"
  launch "$server_core" "$@"
}

# load NAME OPTION...: dnsperf's report; the options say how long.
load() {
  eval "at=\$at_$1"
  shift
  taskset -c "$client_core" dnsperf $at -d "$queries" -q "$outstanding" -c 1 -T 1 "$@" 2>&1
}

# usage PID: processor time in clock ticks and resident memory in KiB, of it and its descendants.
usage() {
  cat /proc/[0-9]*/stat 2>/dev/null | awk -v root="$1" -v page_kib="$(($(getconf PAGESIZE) / 1024))" '
    {
      pid = $1
      sub(/^.*\) /, "")
      parent[pid] = $2; ticks[pid] = $12 + $13; kib[pid] = $22 * page_kib
    }
    END {
      for (pid in parent) {
        for (p = pid; p in parent && p != root; p = parent[p]) continue
        if (p == root) { ticksSum += ticks[pid]; kibSum += kib[pid] }
      }
      print ticksSum, kibSum
    }'
}

# measure NAME OPTION...: loads a server, checks the report with the benchmark's check_answers, and
# adds the line "NAME queries-a-second microseconds-a-query KiB lost" to $results.
measure() {
  eval "pid=\$pid_$1"
  kill -0 "$pid" || fatal "$1 has ended"
  before=$(usage "$pid")
  report=$(load "$@")
  after=$(usage "$pid")
  check_answers "$1" "$report"
  printf '%s\n' "$report" | awk -v name="$1" -v before="$before" -v after="$after" \
    -v tick="$(getconf CLK_TCK)" '
    /Queries completed:/ { completed = $3 }
    /Queries lost:/ { lost = $3 }
    /Queries per second:/ { rate = $4 }
    END {
      split(before, b); split(after, a)
      print name, rate, (a[1] - b[1]) * 1e6 / tick / completed, a[2], lost
    }' >>"$results"
}

# median NAME FIELD: over the rounds.
median() {
  awk -v name="$1" -v field="$2" '$1 == name { print $field }' "$results" | sort -n |
    awk '{ v[NR] = $1 } END { print (v[int((NR + 1) / 2)] + v[int(NR / 2) + 1]) / 2 }'
}

# paired NAME BASE FIELD: the median over the rounds of what NAME took, divided by what BASE took in
# the same round.
paired() {
  awk -v name="$1" -v base="$2" -v field="$3" '
    $1 == base { b[++n] = $field }
    $1 == name { v[++m] = $field }
    END { for (i = 1; i <= m; i++) if (b[i] > 0) print v[i] / b[i] }' "$results" | sort -n |
    awk '{ v[NR] = $1 } END { if (NR) print (v[int((NR + 1) / 2)] + v[int(NR / 2) + 1]) / 2 }'
}

machine() {
  echo "$(sed -n 's/^model name.*: //p' /proc/cpuinfo | head -n 1), $(nproc) cores, $(uname -sr)"
}
