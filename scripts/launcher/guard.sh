#!/bin/sh
# usage: guard.sh DELAY GRACE PROGRAM [ARGUMENT...]
#
# Runs PROGRAM and holds standard input, a pipe from whoever started this. When that pipe closes, because
# its owner ended in whatever way, PROGRAM gets SIGTERM after DELAY seconds and SIGKILL after GRACE more.
# A SIGTERM to this shell is handed on to PROGRAM alone, not to the programs which PROGRAM started. Start it
# as the leader of its own process group, so that a Ctrl-C in the terminal does not reach PROGRAM.
# Exit code: the one of PROGRAM.

delay=$1
grace=$2
shift 2

owner_gone=
exec 3<&0
"$@" </dev/null 3<&- &
child=$!
trap ':' HUP INT
trap 'kill -TERM "$child" 2>/dev/null' TERM
trap 'owner_gone=yes' USR1

{
  PATH=/usr/bin:/bin # the one of PROGRAM may hold neither cat nor sleep
  cat <&3
  kill -USR1 "$$"
  sleep "$delay"
  kill -TERM "$child"
  sleep "$grace"
  kill -KILL "$child"
} >/dev/null 2>&1 &
watcher=$!
exec 2>/dev/null # the shell has nothing to say about how its children end

# A trapped signal interrupts wait; only a child that is gone ends the loop.
while :; do
  wait "$child"
  status=$?
  kill -0 "$child" 2>/dev/null || break
done

kill "$watcher" 2>/dev/null
# Nobody is left to clear away what PROGRAM started. There is no such group unless this shell leads one.
[ -z "$owner_gone" ] || kill -KILL "-$$" 2>/dev/null
exit "$status"
