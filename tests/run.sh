#!/bin/sh
# Everything that `make test` runs: house rules, both databases, the browser.
# As root on Debian it installs the packages that are missing; otherwise it names them and runs the rest.
set -eu
BIN=${BIN:-.venv/bin}
PACKAGES="postgresql chromium poppler-utils"
PROCESSES=${TEST_PROCESSES:-2}

missing=""
for package in $PACKAGES; do
  dpkg -s "$package" >/dev/null 2>&1 || missing="$missing $package"
done
if [ -n "$missing" ] && [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
  echo "Cài các gói Debian còn thiếu:$missing"
  apt-get update -qq >/dev/null
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $missing >/dev/null
elif [ -n "$missing" ]; then
  echo "Thiếu gói Debian:$missing (cơ sở dữ liệu: postgresql; trình duyệt: chromium; ảnh PDF: poppler-utils); phần cần chúng bị bỏ qua"
fi

# A home of its own: tests never touch the data of the place where they run.
WORK=$(mktemp -d)
chmod 755 "$WORK"
MOTCUA_HOME=$WORK/home
export MOTCUA_HOME
unset DATABASE_URL
finish() {
  "$BIN/python" tests/postgres.py stop "$WORK/postgres" >/dev/null 2>&1 || true
  rm -rf "$WORK"
}
trap finish EXIT INT TERM

status=0
"$BIN/ruff" format --check -q motcua tests bench || status=1
"$BIN/ruff" check -q motcua tests bench || status=1
"$BIN/lint-imports" >"$WORK/imports.txt" 2>&1 || { cat "$WORK/imports.txt"; status=1; }
"$BIN/djlint" motcua --lint --quiet || status=1

echo "== SQLite =="
"$BIN/python" -m pytest -q -n "$PROCESSES" --dist loadfile -m "not browser" "$@" || status=1

echo "== Trình duyệt =="
"$BIN/python" -m pytest -q -m browser "$@" || status=1

echo "== PostgreSQL =="
if url=$("$BIN/python" tests/postgres.py start "$WORK/postgres"); then
  DATABASE_URL=$url MOTCUA_DB_POOL=0 \
    "$BIN/python" -m pytest -q -n "$PROCESSES" --dist loadfile -m "not browser" --only-database "$@" || status=1
else
  echo "Không có PostgreSQL: phần này bị bỏ qua"
fi
exit $status
