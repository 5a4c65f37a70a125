#!/bin/sh
# Prints figures beside their references, measured in the same run. See bench/README.md for the goals.
set -eu
BIN=${BIN:-.venv/bin}
WORK=$(mktemp -d)
chmod 755 "$WORK"
MOTCUA_HOME=$WORK/home
export MOTCUA_HOME
unset DATABASE_URL
finish() {
  PYTHONPATH=. "$BIN/python" tests/postgres.py stop "$WORK/postgres" >/dev/null 2>&1 || true
  rm -rf "$WORK"
}
trap finish EXIT INT TERM
PYTHONPATH=. "$BIN/python" -c "from bench import machine; print('Máy:', machine.name())"
git log -1 --format='Bản: %h %cs'
for part in clock pdf lake pages; do
  echo "== $part =="
  PYTHONPATH=. "$BIN/python" "bench/$part.py"
done
echo "== PostgreSQL =="
URL=$("$BIN/python" tests/postgres.py start "$WORK/postgres" "")
# As Debian configures it: an act is on disk before it is answered. A database for each part: every part builds its own world.
for part in catalogue intake replay inbox reports online notify; do
  echo "== $part =="
  psql -q "$URL" -c "CREATE DATABASE bench_$part"
  DATABASE_URL=$(echo "$URL" | sed -E "s#/[^/?]+(\?|\$)#/bench_$part\1#")
  export DATABASE_URL
  "$BIN/motcua" migrate -v0
  PYTHONPATH=. "$BIN/python" "bench/$part.py"
done
