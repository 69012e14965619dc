#!/bin/sh
# Runs what ssh.sh on another machine asks for; its argument is the address of this one.
mkdir "/srv/shared/$1"
mkfifo "/srv/shared/$1/calls"
# Open for both, so that there is no end of it.
while read -r call; do
  (
    sh -c "$(cat "$call/command")" <"$call/in" >"$call/out" 2>"$call/err"
    echo "$?" >"$call/code"
  ) &
done <>"/srv/shared/$1/calls"
