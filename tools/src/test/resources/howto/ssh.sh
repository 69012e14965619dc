#!/bin/sh
# Stands in for ssh(1) among the machines of a test: sshd.sh on the other one runs the command.
while case $1 in -*) true ;; *) false ;; esac; do
  shift
done
host=$1
shift
call=$(mktemp -d "/srv/shared/$host/XXXXXX") || exit 255
mkfifo "$call/in" "$call/out" "$call/err" "$call/code"
printf '%s\n' "$*" >"$call/command"
exec 3<&0
cat <&3 >"$call/in" &
feeder=$!
cat "$call/err" >&2 &
errors=$!
echo "$call" >"/srv/shared/$host/calls"
cat "$call/out"
read -r code <"$call/code"
wait "$errors"
kill "$feeder" 2>/dev/null
rm -r "$call"
exit "$code"
