#!/bin/sh
# Sao lưu: sh backup.sh THƯ_MỤC. Tạo một thư mục con theo ngày giờ; xóa bản sao cũ hơn MOTCUA_BACKUP_DAYS (mặc định 30) ngày.
# Thứ tự có lý do: sổ niêm phong chép trước (nó không được biết niêm phong nào mà bản sao cơ sở dữ liệu chưa có), tệp
# chép sau (mọi tệp mà cơ sở dữ liệu nhắc đến phải có mặt).
set -eu
umask 077
env=${MOTCUA_ENV:-/etc/motcua.env}
set -a
. "$env"
set +a
place=${1:?"cách dùng: backup.sh THƯ_MỤC"}
name=$(date +%Y-%m-%d-%H%M%S)
to=$place/$name.dang-lam
mkdir -p "$to"
cp "$env" "$to/motcua.env"
tar -C "$MOTCUA_HOME" -cf "$to/keys.tar" secret_key keys seals
pg_dump --format=custom --no-owner --file "$to/motcua.dump" "$DATABASE_URL"
tar -C "$MOTCUA_HOME" -cf "$to/files.tar" files
(cd "$to" && sha256sum motcua.env keys.tar motcua.dump files.tar > SHA256SUMS)
mv "$to" "$place/$name"
find "$place" -mindepth 1 -maxdepth 1 -type d -name "20??-??-??-??????" -mtime "+${MOTCUA_BACKUP_DAYS:-30}" -exec rm -rf {} +
echo "Đã sao lưu vào $place/$name"
