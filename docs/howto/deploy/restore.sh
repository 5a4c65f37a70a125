#!/bin/sh
# Khôi phục: sh restore.sh THƯ_MỤC_BẢN_SAO. Chỉ vào nơi trống: cơ sở dữ liệu chưa có bảng, MOTCUA_HOME chưa có khóa.
# Khôi phục xong thì kiểm toàn bộ nhật ký; mã thoát khác 0 khi có chỗ hỏng.
set -eu
umask 077
from=${1:?"cách dùng: restore.sh THƯ_MỤC_BẢN_SAO"}
set -a
. "${MOTCUA_ENV:-/etc/motcua.env}"
set +a
program=${MOTCUA_APP:-/srv/motcua/app}/.venv/bin/motcua
if [ -e "$MOTCUA_HOME/keys/audit-ed25519.pem" ]; then
  echo "$MOTCUA_HOME đã có khóa của một hệ thống. Khôi phục vào nơi trống." >&2
  exit 2
fi
(cd "$from" && sha256sum --quiet --check SHA256SUMS)
mkdir -p "$MOTCUA_HOME"
pg_restore --exit-on-error --single-transaction --no-owner --dbname "$DATABASE_URL" "$from/motcua.dump"
tar -C "$MOTCUA_HOME" -xf "$from/keys.tar"
tar -C "$MOTCUA_HOME" -xf "$from/files.tar"
"$program" migrate --verbosity 0
"$program" audit verify
