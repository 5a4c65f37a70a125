#!/bin/sh
# Branches of rules and acts that no test takes: there are to be none. All tests on SQLite; on PostgreSQL, when it is installed,
# the files with tests of what SQLite has not: its locks. Without it those branches stand in the report, and it fails.
set -eu
BIN=${BIN:-.venv/bin}
WORK=$(mktemp -d)
chmod 755 "$WORK"
MOTCUA_HOME=$WORK/home
COVERAGE_FILE=$WORK/coverage
export MOTCUA_HOME COVERAGE_FILE
unset DATABASE_URL
finish() {
  "$BIN/python" tests/postgres.py stop "$WORK/postgres" >/dev/null 2>&1 || true
  rm -rf "$WORK"
}
trap finish EXIT INT TERM

status=0  # a failed test does not keep the report waiting
"$BIN/python" -m pytest -q -n auto --dist loadfile -m "not browser" --cov --cov-report= || status=1
if url=$("$BIN/python" tests/postgres.py start "$WORK/postgres"); then
  DATABASE_URL="$url" MOTCUA_DB_POOL=0 "$BIN/python" -m pytest -q -m "not browser" --cov --cov-append --cov-report= \
    $(grep -rl --include="test_*.py" "of PostgreSQL alone" motcua) || status=1
else
  echo "PostgreSQL: không có, nên các khóa chỉ có ở đó chưa được kiểm thử"
fi
"$BIN/coverage" report --skip-covered --show-missing --fail-under=100 || status=1
exit $status
