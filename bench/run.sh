#!/bin/sh
# Prints figures beside their references, measured in the same run. See bench/README.md for the goals. A part that fails is named,
# the others are measured all the same; the last line says which failed, and the exit code is then 1.
set -eu
BIN=${BIN:-.venv/bin}
WORK=$(mktemp -d)
chmod 755 "$WORK"
MOTCUA_HOME=$WORK/home
export MOTCUA_HOME
export PYTHONPATH=.
unset DATABASE_URL
failed=
finish() {
  "$BIN/python" tests/postgres.py stop "$WORK/postgres" >/dev/null 2>&1 || true
  rm -rf "$WORK"
}
trap finish EXIT
trap 'exit 130' INT TERM
measure() {
  echo "== $1 =="
  began=$(date +%s)
  if "$BIN/python" "bench/$1.py"; then echo "   $1: $(($(date +%s) - began)) giây"; else failed="$failed $1"; fi
}
"$BIN/python" -c "from bench import machine; print('Máy:', machine.name())"
git log -1 --format='Bản: %h %cs'
for part in clock pdf lake pages; do
  measure "$part"
done
echo "== PostgreSQL =="
URL=$("$BIN/python" tests/postgres.py start "$WORK/postgres" "")
# As Debian configures it: an act is on disk before it is answered. A database for each part: every part builds its own world.
for part in catalogue intake replay inbox reports online notify; do
  psql -q "$URL" -c "CREATE DATABASE bench_$part"
  DATABASE_URL=$(echo "$URL" | sed -E "s#/[^/?]+(\?|\$)#/bench_$part\1#")
  export DATABASE_URL
  "$BIN/motcua" migrate -v0
  measure "$part"
  psql -q "$URL" -c "DROP DATABASE bench_$part WITH (FORCE)"
done
if [ -n "$failed" ]; then
  echo "Không chạy xong:$failed" >&2
  exit 1
fi
