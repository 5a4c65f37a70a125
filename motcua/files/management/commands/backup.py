"""`motcua backup PLACE`: a dated copy of the whole installation."""

import os
from pathlib import Path

from django.core.management.base import CommandParser

from motcua.core import backup, moments
from motcua.core.commands import PlainCommand


class Command(PlainCommand):
    help = "Sao lưu cơ sở dữ liệu, khóa, sổ niêm phong và tệp vào một thư mục con theo ngày giờ."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("place", type=Path, metavar="THƯ_MỤC")
        days = int(os.environ.get("MOTCUA_BACKUP_DAYS", "30"))
        parser.add_argument("--days", type=int, default=days, help=f"xóa bản sao cũ hơn số ngày này ({days})")
        config = Path(os.environ.get("MOTCUA_ENV", "/etc/motcua.env"))
        parser.add_argument("--config", type=Path, default=config, help=f"tệp cấu hình chép kèm ({config})")

    def handle(self, *args: object, place: Path, days: int, config: Path, **options: object) -> None:
        """Prints what was copied. Raises CommandError when a part could not be; nothing then looks like a copy."""
        at = moments.now()
        copy = backup.make(place, at=at, config=config)
        rows = copy.manifest["rows"]
        size = sum(path.stat().st_size for path in copy.folder.iterdir())
        self.stdout.write(
            f"Đã sao lưu vào {copy.folder}: {len(rows)} bảng, {sum(rows.values())} dòng, {size / 1e6:.1f} MB."
        )
        for path in backup.prune(place, at=at, days=days):
            self.stdout.write(f"Đã xóa bản sao cũ {path}.")
