#!/bin/sh
# Everything that `make test` runs: both databases, the browser, and the house rules.
# As root on Debian it installs the packages that are missing; otherwise it names them and runs the rest.
set -eu
BIN=${BIN:-.venv/bin}
PACKAGES="postgresql chromium poppler-utils"

missing=""
for package in $PACKAGES; do
  dpkg -s "$package" >/dev/null 2>&1 || missing="$missing $package"
done
if [ -n "$missing" ] && [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
  echo "Cài các gói Debian còn thiếu:$missing"
  apt-get update -qq >/dev/null
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $missing >/dev/null
elif [ -n "$missing" ]; then
  echo "Thiếu gói Debian, các phần cần chúng sẽ bị bỏ qua:$missing (PostgreSQL: postgresql; trình duyệt: chromium; ảnh mẫu PDF: poppler-utils)"
fi

# A home of its own: tests never touch the data of the place where they run.
MOTCUA_HOME=$(mktemp -d)
export MOTCUA_HOME
trap 'rm -rf "$MOTCUA_HOME"' EXIT INT TERM

exec_status=0
"$BIN/ruff" format --check -q motcua tests bench || exec_status=1
"$BIN/ruff" check -q motcua tests bench || exec_status=1
"$BIN/lint-imports" --no-logo >"$MOTCUA_HOME/imports.txt" || { cat "$MOTCUA_HOME/imports.txt"; exec_status=1; }
"$BIN/djlint" motcua --lint --quiet || exec_status=1

"$BIN/python" -m pytest -q -n "${TEST_PROCESSES:-2}" --dist loadfile "$@" || exec_status=1
exit $exec_status
