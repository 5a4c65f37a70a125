#!/bin/sh
# Everything that `make test` runs: house rules, both databases, the browser.
# As root on Debian it installs the packages that are missing; otherwise it names them and runs the rest.
set -eu
BIN=${BIN:-.venv/bin}
PACKAGES="postgresql chromium poppler-utils"
# The same browser without the frame of a window, much quicker; where it cannot be had the tests take Chromium.
LIGHT="chromium-headless-shell"
# Two at least, four at most: each needs half a gigabyte.
cores=$(nproc 2>/dev/null || echo 2)
PROCESSES=${TEST_PROCESSES:-$((cores < 2 ? 2 : cores > 4 ? 4 : cores))}

apt_install() {
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@" >/dev/null
}
can_install() {
  [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null
}

missing=""
for package in $PACKAGES; do
  dpkg -s "$package" >/dev/null 2>&1 || missing="$missing $package"
done
if [ -n "$missing" ] && can_install; then
  echo "Cài các gói Debian còn thiếu:$missing"
  apt-get update -qq >/dev/null
  apt_install $missing
elif [ -n "$missing" ]; then
  echo "Thiếu gói Debian:$missing (cơ sở dữ liệu: postgresql; trình duyệt: chromium; ảnh PDF: poppler-utils); phần cần chúng bị bỏ qua"
fi
if ! command -v "$LIGHT" >/dev/null && can_install; then
  # Nothing else may be removed for it, and a machine without a network does not wait for one.
  patient="-o Acquire::Retries=0 -o Acquire::http::Timeout=20"
  { apt-get update -qq $patient >/dev/null && apt_install --no-remove $patient "$LIGHT"; } 2>/dev/null ||
    echo "Không cài được $LIGHT: dùng chromium, chậm hơn"
fi

# A home of its own: tests never touch the data of the place where they run.
WORK=$(mktemp -d)
chmod 755 "$WORK"
MOTCUA_HOME=$WORK/home
export MOTCUA_HOME
unset DATABASE_URL
# Each process reads every file of tests, and many tests start programs of their own: compiled once, and not into the tree.
PYTHONPYCACHEPREFIX=$WORK/compiled
export PYTHONPYCACHEPREFIX
unset PYTHONDONTWRITEBYTECODE
beside=""
finish() {
  [ -z "$beside" ] || kill "$beside" 2>/dev/null || true
  "$BIN/python" tests/postgres.py stop "$WORK/postgres" >/dev/null 2>&1 || true
  rm -rf "$WORK"
}
trap finish EXIT INT TERM

status=0
TOTALS=$WORK/totals.txt

# One part: shown as it runs, its failures and totals kept for the last lines.
part() {
  title=$1
  shift
  echo "== $title =="
  { "$@" 2>&1 || echo $? >"$WORK/failed"; } | tee "$WORK/part.txt"
  grep -E "^(FAILED|ERROR) " "$WORK/part.txt" >>"$TOTALS" || true
  echo "$title: $(tail -n 1 "$WORK/part.txt")" >>"$TOTALS"
  if [ -e "$WORK/failed" ]; then status=1; rm "$WORK/failed"; fi
}

house_rules() {
  rules=0
  "$BIN/ruff" format --check -q motcua tests bench || rules=1
  "$BIN/ruff" check -q motcua tests bench || rules=1
  "$BIN/lint-imports" >"$WORK/imports.txt" 2>&1 || { cat "$WORK/imports.txt"; rules=1; }
  "$BIN/djlint" motcua --lint --quiet || rules=1
  "$BIN/mypy" motcua >"$WORK/types.txt" 2>&1 || { cat "$WORK/types.txt"; rules=1; }
  [ $rules = 0 ] && echo "đạt" || echo "KHÔNG đạt"
  return $rules
}

# Files with a mark, unless the caller names some: who has read these alone need not read all others to leave them out.
given=$#
marked() {
  [ "$given" -gt 0 ] || grep -rl --include="test_*.py" "pytest.mark.$1" tests motcua
}

# What was written to a file while another part ran, and how that ended.
told() {
  cat "$2"
  return "$1"
}

# Checking types keeps one core busy for most of a minute and leaves the others idle: beside the first part it costs less.
house_rules >"$WORK/rules.txt" 2>&1 &
beside=$!
part "SQLite" "$BIN/python" -m pytest -q -n "$PROCESSES" --dist loadfile --no-loadscope-reorder -m "not browser" "$@"
ended=0
wait "$beside" || ended=$?
beside=""
part "Quy tắc của nhà" told "$ended" "$WORK/rules.txt"
part "Trình duyệt" "$BIN/python" -m pytest -q -n 2 --dist loadfile --no-loadscope-reorder -m browser $(marked browser) "$@"
if url=$("$BIN/python" tests/postgres.py start "$WORK/postgres"); then
  part "PostgreSQL" env DATABASE_URL="$url" MOTCUA_DB_POOL=0 \
    "$BIN/python" -m pytest -q -n "$PROCESSES" --dist loadfile --no-loadscope-reorder -m "not browser" --only-database "$@"
  # Journeys at a browser on this engine too, those marked both_engines: the office's own, a birth, a parcel of land, paying at submission,
  # a correction, a lost connection, a foreigner, feedback, a survey, by the keyboard alone, without scripts; the rest differs in nothing but the engine.
  part "Trình duyệt trên PostgreSQL" env DATABASE_URL="$url" MOTCUA_DB_POOL=0 \
    "$BIN/python" -m pytest -q -n 2 --dist loadfile --no-loadscope-reorder -m both_engines $(marked both_engines) "$@"
else
  echo "PostgreSQL: không có, phần này bị bỏ qua" >>"$TOTALS"
fi

echo "== Tổng cộng =="
cat "$TOTALS"
exit $status
